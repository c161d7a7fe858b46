// Package web is what people see: pages, forms, feeds and downloads over HTTP.
//
// Start reading at routes.go, which names every address of the site. Each
// other file is one part of the site: its handlers, its page types and its
// forms; its templates have the same name under templates/. What all parts
// share is in page.go (typed pages), respond.go (answers and errors), secure.go
// (what every answer is wrapped in) and look.go (type and colours).
//
// A handler reads the request, calls one package below, and shows one page.
// It holds no rule about works or people: those are in archive and catalogue.
package web
