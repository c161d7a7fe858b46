// Package upload keeps the files that people send, before anybody reads them.
//
// It knows no page and no format. Each file is on the store's list before the
// next is taken from the line, so what arrived of an upload that breaks off is
// not lost; the list is worked through by package jobs.
package upload
