// Package listing is what a page of works says beside the works: what they are
// a list of, the filter that chose them and how to drop each part of it, the
// orders, the pages, and what to try if nothing was found.
//
// It is values in, values out: a question and its answer become a Page. Every
// state of a filter is a link, made by Scope.Href.
//
// Start reading at List.Page.
package listing
