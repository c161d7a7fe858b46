// Package machine tells of the computer that the program runs on: its disk, its
// limits, and the file system that a folder is on.
package machine

import (
	"errors"
	"os"
)

// Scarce is how many bytes free on a disk are so few that writes are about to be
// refused.
const Scarce = 64 << 20

// A FileSystem is one on which a database is in danger.
type FileSystem struct {
	Name   string
	Danger Danger
}

// Danger is what there is to fear.
type Danger int

// The dangers.
const (
	BadLocks  Danger = iota // locks do not keep two programs apart
	Vanishing               // it is in memory
	Layered                 // it goes with a container
	Uncertain               // it depends on what is behind it
)

// TryWrite writes a file of one page into a folder, syncs it, and removes it.
func TryWrite(folder string) (err error) {
	f, err := os.CreateTemp(folder, ".probe-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.Write(make([]byte, 4096))
	return errors.Join(err, f.Sync(), f.Close())
}
