// Package api is the archive for programs: works, chapters, tags and imports
// as JSON under /api/v1, described by an OpenAPI document that is made from
// the types here.
//
// It asks the same functions as the pages do and holds no rule of its own.
// What programs see of an identity is its public id. Everything a program may
// get wrong is answered with problem details (RFC 9457); listing parameters
// that cannot be read are told in "ignored", and the rest is answered.
//
// Start reading at api.go. To add a resource: its types and handlers in a file
// of their own, and a line in routes.
package api
