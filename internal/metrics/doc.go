// Package metrics counts what happens, and writes the counts in Prometheus'
// text format.
//
// A Registry holds families: a Counter only grows, a Gauge is what it is now, a
// Histogram sorts what it sees into bounds. Values that are known elsewhere are
// not kept twice: Watch asks for them whenever somebody reads. A family may be
// parted by labels; their values come from a small closed set (a class of
// routes, a status), never from what a person typed, for each becomes a series
// that is kept for good and shown to operators. Past a bound all new ones are
// counted together.
//
// It knows nothing of archives. Everything may be used by many at once, and
// nil counts nothing, so that tests need no registry.
package metrics
