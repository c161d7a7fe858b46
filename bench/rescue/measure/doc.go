// Package measure compares a text as it was read with the truth.
//
// Both are reduced to the characters that are not white space. All structure
// (spaces, line ends, paragraphs, scene breaks, the ends of italics) stands
// between those, so the two rows of characters are aligned once, and structure
// is compared as sets of places: an error on one axis cannot hide on another.
package measure
