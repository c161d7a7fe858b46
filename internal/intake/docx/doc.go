// Package docx reads Word documents (DOCX) of all makers.
//
// Match tells them by what is in the ZIP. Read makes one chapter of the text;
// intake makes chapters of its headings. What is read is the document as its
// author would print it: insertions are in, deletions, comments, headers and
// footers are out, and a look that a style gives is as good as one by hand.
//
// The reading is in three steps: styles.go says how a style looks, numbering.go
// which paragraphs are items of which list, and body.go goes through the text.
package docx
