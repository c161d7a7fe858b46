package machine

import "golang.org/x/sys/windows"

// DiskSpace is how many bytes are free and how many there are on the disk that
// holds path.
func DiskSpace(path string) (free, all uint64, err error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, 0, err
	}
	err = windows.GetDiskFreeSpaceEx(name, &free, &all, nil)
	return free, all, err
}

// MaxFiles is 0: Windows has no such limit.
func MaxFiles() uint64 { return 0 }

// OwnerOf knows nothing: Windows has no such numbers.
func OwnerOf(string) (uid int, ok bool) { return 0, false }
