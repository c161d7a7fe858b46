// Package web is what people see: pages, forms, feeds and downloads over HTTP.
//
// Start reading at routes.go, which names every address of the site. Each
// other file is one part of the site: its handlers, its page types and its
// forms; its templates have the same name under templates/. Parts with a package
// of their own are below: bring. What all parts share is in page: typed pages,
// errors, the Room that works are got from. Here are kept.go (what is rendered
// once) and secure.go (what every answer is wrapped in). What needs no page is
// in the packages below that: listing, feed, words, address, look, answer, guard,
// upload, mends, and madeup for the gallery.
//
// A handler reads the request, calls one package below, and shows one page.
// It holds no rule about works or people: those are in archive and catalogue.
//
// To add a page: a type with a page.Frame in it, page.New, a template of that
// name, a route, a row in routes_test.go, and specimens; tests ask for the last two.
package web
