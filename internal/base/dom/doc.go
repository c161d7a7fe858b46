// Package dom reads hostile HTML into a tree and finds things in it.
//
// It knows nothing of stories. Parse never fails: what nests deeper than the
// parser will follow is flattened, and told. A Selector is a small part of the
// CSS language: "div.byline", "a[rel=author]", ".byline a".
//
// Start reading at Parse.
package dom
