package machine

import "golang.org/x/sys/unix"

// fileSystems are those on which an archive is in danger, by the numbers that
// statfs(2) gives them, and why.
var fileSystems = map[uint32]FileSystem{
	0x6969:     {"NFS", BadLocks},
	0x517b:     {"SMB", BadLocks},
	0xff534d42: {"CIFS", BadLocks},
	0xfe534d42: {"SMB2", BadLocks},
	0x5346414f: {"AFS", BadLocks},
	0x00c36400: {"Ceph", BadLocks},
	0x01021997: {"9p", BadLocks},
	0x01021994: {"tmpfs", Vanishing},
	0x858458f6: {"ramfs", Vanishing},
	0x794c7630: {"overlay", Layered},
	0x65735546: {"FUSE", Uncertain},
}

// FileSystemOf names the file system that holds path if it is a dangerous one.
func FileSystemOf(path string) (FileSystem, bool) {
	var s unix.Statfs_t
	if unix.Statfs(path, &s) != nil {
		return FileSystem{}, false
	}
	f, ok := fileSystems[uint32(s.Type)]
	return f, ok
}
