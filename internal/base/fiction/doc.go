// Package fiction knows what stories look like as text: what stands for a scene
// break, what is a heading or a note, where somebody begins to speak and where
// another scene may begin.
//
// It judges lines and paragraphs as strings, reads each a bounded number of
// times, and changes nothing. Whether a judgement is reason enough to touch a
// text is for package repair to say.
package fiction
