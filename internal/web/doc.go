// Package web is what people see: pages, forms, feeds and downloads over HTTP.
//
// Start reading at routes.go, which names every address of the site. Each
// other file is one part of the site: its handlers, its page types and its
// forms; its templates have the same name under templates/. What all parts
// share is in page.go (typed pages), respond.go (errors), kept.go (what is
// rendered once) and secure.go (what every answer is wrapped in). What needs no
// page is in the packages below: listing, feed, words, address, look, answer,
// guard, upload, mends, and madeup for the gallery.
//
// A handler reads the request, calls one package below, and shows one page.
// It holds no rule about works or people: those are in archive and catalogue.
//
// To add a page: a type with a Frame in it, newPage, a template of that name, a
// route, a row in routes_test.go, and specimens; tests ask for the last two.
package web
