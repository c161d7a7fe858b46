// Package htmlpage reads any page of the web that holds a story: as a browser
// saved it, or as somebody wrote it by hand.
//
// What is the story is found in two steps: by the names that sites give to it,
// and, where none is found, by the density of text. Navigation, comments and
// whatever else a site puts around a story are left out, and so are lines of
// links about the site at the edges of the text; the author's words never are,
// so when in doubt more is kept. Start reading at Read.
package htmlpage
