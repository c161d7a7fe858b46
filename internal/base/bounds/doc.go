// Package bounds holds the bounds on everything that comes from outside, each
// with its reason.
//
// They keep a hostile or broken file or request from taking the machine, and
// are far above anything that people have written. What goes beyond one is
// refused, or kept as far as it goes, and either is told. Whoever reads
// strangers' bytes takes its bounds from here; docs/limits-of-input.md is
// written from this package, and a test compares the two.
package bounds
