// Package mapped writes and opens a file of named sections, each of which begins
// at a multiple of 64 bytes, so that arrays of numbers can be used where they
// stand, without being read. docs/formats/snapshot.md has the form.
//
// A file is written under a temporary name and takes its own when it is whole
// and on the disk, so there is never half a file. It is opened by mapping it into
// memory where the system can do that, and read otherwise.
//
// There is no Close. The bytes of a section stay where they are as long as
// something holds the File, and a minute longer: whoever uses them, or what was
// made of them, holds the File.
//
// Whatever is wrong with a file is errs.Damaged.
package mapped
