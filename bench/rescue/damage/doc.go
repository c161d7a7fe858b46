// Package damage makes of a work with a known form a file as damaged as real
// ones are, by seeded operators: the same seed makes the same file.
package damage
