// Package page is what the pages of all parts of the site are made with: typed
// pages within one layout, the answers to what goes wrong, and the Room, from
// which handlers get the store, the viewer and the works they may show.
//
// The words: a Page is a template that shows values of one type; a Fragment is a
// piece of one; a Frame is what the layout is made from; a Route is an address
// and its Handler; a Specimen is a page with made-up data, for the gallery.
//
// It knows no part of the site. A part is a package above it that embeds its own
// templates, has a type with a *Room in it, and answers with Routes() and
// Specimens(), which package web adds to its tables. Styles, scripts, the layout
// and what every page may use of templates are here.
package page
