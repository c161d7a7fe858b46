// Package wrangle puts order into tags: which are the same under several names,
// and which stand over others.
//
// A synonym is a tag that another, its canonical tag, answers for. A subtag's
// works answer for its parent too. Neither may go in a circle, also not through
// the other. Nothing is ever lost: works keep the tags they were given, and
// whatever was done here can be taken back exactly.
//
// Start reading at Merge.
package wrangle
