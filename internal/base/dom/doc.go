// Package dom reads hostile HTML into a tree and finds things in it.
//
// It knows nothing of stories. Parse never fails: what nests deeper than the
// parser will follow is flattened, and told. A Selector is one compound of the
// CSS language, "div.byline" or "a[rel=author]", without combinators.
//
// Start reading at Parse.
package dom
