// Package answer sends bodies over HTTP and keeps those that are sent again.
//
// It knows no page and no work. An Answer is a body with its compressed form
// and its ETag, made once; a Cache keeps what was made, up to a bound; Assets
// are files that browsers may keep for ever.
package answer
