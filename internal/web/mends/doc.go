// Package mends shows what was mended in a work: what stood there, what stands
// there now, and what of it changed.
//
// It knows no page. What it says is for readers, so rules have names in words
// and characters without a shape of their own are given one.
package mends
