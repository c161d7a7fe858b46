// Package reading reads kept works again, for a person who decides about them:
// from the file that they came in, with what other copies that stand beside it
// know better, and with what the archive proposes about them.
//
// catalogue decides what becomes of a reading, and knows neither formats nor the
// index; this package is what it is given to read with.
package reading
