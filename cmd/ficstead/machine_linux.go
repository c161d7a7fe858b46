package main

import "golang.org/x/sys/unix"

// fileSystems are those on which an archive is in danger, by the numbers that
// statfs(2) gives them, and why.
var fileSystems = map[uint32]fileSystem{
	0x6969:     {"NFS", badLocks},
	0x517b:     {"SMB", badLocks},
	0xff534d42: {"CIFS", badLocks},
	0xfe534d42: {"SMB2", badLocks},
	0x5346414f: {"AFS", badLocks},
	0x00c36400: {"Ceph", badLocks},
	0x01021997: {"9p", badLocks},
	0x01021994: {"tmpfs", vanishing},
	0x858458f6: {"ramfs", vanishing},
	0x794c7630: {"overlay", layered},
	0x65735546: {"FUSE", uncertain},
}

// fileSystemOf names the file system that holds path if it is a dangerous one.
func fileSystemOf(path string) (fileSystem, bool) {
	var s unix.Statfs_t
	if unix.Statfs(path, &s) != nil {
		return fileSystem{}, false
	}
	f, ok := fileSystems[uint32(s.Type)]
	return f, ok
}
