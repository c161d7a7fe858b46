// Package monitor is what an operator sees of a running server: whether it
// lives (/healthz), whether it is ready and why not (/readyz), its counts
// (/metrics), and a reference by which an error that a person reports is found
// in the log. Until the site is there it answers in its place.
//
// Strangers learn from it only yes or no: see Monitor.Private. It knows no page,
// no work and no store; what is to be checked is handed to it.
package monitor
