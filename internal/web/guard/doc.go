// Package guard is what stands around every answer of the site: the headers that
// tell a browser what a page may do, and the check of the host it was asked for.
//
// It knows no page and no person.
package guard
