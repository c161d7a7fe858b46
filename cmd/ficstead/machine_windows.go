package main

import "golang.org/x/sys/windows"

// diskSpace is how many bytes are free and how many there are on the disk that
// holds path.
func diskSpace(path string) (free, all uint64, err error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, 0, err
	}
	err = windows.GetDiskFreeSpaceEx(name, &free, &all, nil)
	return free, all, err
}

// maxFiles is 0: Windows has no such limit.
func maxFiles() uint64 { return 0 }

// ownerOf knows nothing: Windows has no such numbers.
func ownerOf(string) (uid int, ok bool) { return 0, false }
