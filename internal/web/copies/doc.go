// Package copies has the pages on which people compare works whose texts are
// alike, and say whether they are two works or one.
//
// Nothing is united without them, and nothing is lost when it is: the files of
// both stay, and what the other copy knew better is suggested as mends.
package copies
