package api

import "ficstead/internal/archive"

// Describe returns a work as GET /api/v1/works lists it, to be printed as JSON
// by the command line too.
func Describe(w archive.Work) any { return tellWork(w) }
