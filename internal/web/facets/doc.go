// Package facets is the page with all tags of one kind among the works that a
// question found: each with its exact count, to be searched, and to be chosen
// in three ways where it stands.
//
// Every state of the page is an address that holds the whole question, so that
// a tag is chosen by a link, and the works are one link away.
package facets
