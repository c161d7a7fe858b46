// Package intake brings stories in: it tells what a file is, reads it, has it
// mended, and hands it on to be kept.
//
// Stage 1 of intake → repair → catalogue → store → index → find → export.
//
// Read is pure: bytes in, a manuscript out, or a Refusal, which is one sentence
// saying what is wrong and what to do. What a file is, its bytes say and never
// its name. Bring is Read for a person and a store: each file, or each member of
// a ZIP, is one transaction and gets one receipt, so one bad file never stops a
// batch, and a batch that was cut off may simply be brought again.
//
// To add a format, copy intake/plain, and give it a line in recognise.go. What a
// format must not do: decide about works already here (catalogue), or mend what
// the author wrote (repair).
//
// Start reading at Read.
package intake
