// Package shingle tells how much of two texts is the same.
//
// A text is the set of all runs of nine letters and digits in it, spaces, signs
// and case put aside: so neither typography nor lost spaces, italics and
// paragraphs make two copies differ, and one wrong letter costs nine runs of
// hundreds of thousands. Of is the whole set, for an exact answer about two
// texts; Sample a few of it that are the same for every copy, to find those
// that are worth the comparison among millions.
package shingle
