// Package feed makes lists of works for programs: Atom (RFC 4287) and the
// catalogues of e-readers, OPDS 1.2.
//
// It turns a listing and its works into values that print themselves as XML.
// Start reading at Site.Atom.
package feed
