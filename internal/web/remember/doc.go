// Package remember is the page "I remember…": a line of a story, roughly as
// somebody recalls it, leads to the chapters that may hold it, each with the
// place, and with what the story says where memory had another word.
//
// Nothing that is typed there is an error. What cannot be read is told, and the
// rest is looked for.
package remember
