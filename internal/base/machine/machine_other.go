//go:build !linux

package machine

// FileSystemOf knows nothing here.
func FileSystemOf(string) (FileSystem, bool) { return FileSystem{}, false }
