// Package words spells what pages say of works: numbers, dates, short words for
// long tags, how far a work is and how long it takes, and the cover that is
// drawn for it.
//
// It makes plain text and pictures out of values, and no HTML.
package words
