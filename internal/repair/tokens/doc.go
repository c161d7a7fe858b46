// Package tokens mends the words of one block of prose: those that were run
// together, those that a scanner misread, and the emphasis that went with the
// spaces beside it. What is wrong it learns from unfuse; here stands what a mend
// says and how it is carried out in runs of text.
//
// Start reading at Mend.
package tokens
