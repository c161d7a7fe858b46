// Package prose is the text of a story: it reads hostile HTML, keeps what a
// story may have, and prints it as HTML, XHTML, Markdown and text.
//
// A Doc is a row of Blocks: paragraphs, scene breaks, headings, quotes, lists,
// tables. A block that holds text has Runs: stretches of text, line breaks and
// pictures, each with the Marks (em, strong, a …) that it stands under. A block
// that holds blocks has Blocks. Nothing else exists, so nothing else can be
// printed: safety is not a filter over somebody's tree but the poverty of ours.
//
// # How hostile HTML is read
//
// Package golang.org/x/net/html cuts the input into tokens; builder makes
// blocks of them, in one pass and in bounded memory. Its tree constructor is
// not used for reading, because it refuses more than 512 open elements and
// needs about a hundred bytes for each byte of hostile input; it is the judge
// in the tests, which parse our output with it and must find our tree again.
// The rules are those of browsers where they show: formatting that was never
// closed goes on in the next paragraph, a list item ends the one before it.
// What a browser would swallow because it is never closed (a comment, a title,
// half a tag) is kept as text: damage must be seen. A Report tells what was
// dropped, and what was nested too deep to be kept.
//
// Parse prints what it read and reads that again until nothing changes, so
// Parse(d.HTML()).HTML() == d.HTML() always; HTML is what stores keep.
//
// # Canonical form
//
//   - Text stands in p, h1–h6, pre, li, dt, dd, td, th, caption, figcaption,
//     summary. White space is collapsed, and trimmed at the ends and around br.
//   - i, b, strike, tt, acronym, center, font and style become em, strong, s,
//     code, abbr, class and marks. No mark is empty; equal neighbours are one.
//   - div, section and all that is only a frame is gone; its alignment, lang and
//     dir are on the blocks within.
//   - An item, a cell or a caption of one plain paragraph has no p.
//   - An empty paragraph is <p><br></p>, of Kind Empty, except at the ends.
//   - Links are http, https, mailto or #fn-…; pictures http, https or image:….
//   - The only ids are targets of notes, <span id="fn-…"></span>.
//   - Depth is at most bounds.BlockDepth, whatever came in.
//
// # For those who mend
//
// Doc.Blocks and New take a document apart and make one; Doc.Map visits every
// row of blocks at every depth and replaces it, which is what rules want that
// look at neighbours. Block.Text is what a reader sees, Breaks counts its line
// breaks, Lines and SplitAt cut a paragraph at them, Join makes one of several,
// MapText and WithRuns change the text. SceneBreak, NewParagraph, TextParagraph,
// EmptyParagraph, NewHeading and NewQuote make new ones. Blocks and Runs are
// values: never change a slice that came from here (Map gives a copy of the row,
// not of the runs). New prints and parses, so that nothing a rule does can make
// a bad document; it costs as much, so a rule calls it once.
//
// Start reading at Doc, then Block and Run. Reading is reader (read.go), which
// cuts, and builder (build.go, container.go, leaf.go, inline.go), which builds;
// tidy.go makes a paragraph canonical. To let one more element through, add it
// to elements and to the list of the judge in the tests.
package prose
