//go:build !linux

package main

// fileSystemOf knows nothing here.
func fileSystemOf(string) (fileSystem, bool) { return fileSystem{}, false }
