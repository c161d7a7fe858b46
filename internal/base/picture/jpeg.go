package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
)

// The marks of a JPEG that are looked for here.
const (
	startOfFrame = 0xc0
	startOfScan  = 0xda
	exifSegment  = 0xe1
)

// isOurJPEG reports whether data is just what writeJPEG writes: its tables, a
// size, and one scan that the end of the file follows.
func isOurJPEG(data []byte) bool {
	for _, kind := range [...]image.Image{image.NewGray(image.Rect(0, 0, 1, 1)), image.NewYCbCr(image.Rect(0, 0, 1, 1), image.YCbCrSubsampleRatio420)} {
		var sample bytes.Buffer
		if jpeg.Encode(&sample, kind, &jpeg.Options{Quality: quality}) != nil {
			continue
		}
		if size, ok := sameHead(data, sample.Bytes()); ok {
			return isScan(data[size:])
		}
	}
	return false
}

// sameHead reports whether data begins as sample does up to its scan, in
// another size perhaps, and how long that beginning is.
func sameHead(data, sample []byte) (size int, same bool) {
	at := 2 // behind the start of the image
	for at+4 <= len(sample) {
		mark, n := sample[at+1], 2+int(binary.BigEndian.Uint16(sample[at+2:]))
		if at+n > len(data) || at+n > len(sample) {
			return 0, false
		}
		mine, its := sample[at:at+n], bytes.Clone(data[at:at+n])
		if mark == startOfFrame && n > 9 {
			copy(its[5:9], mine[5:9]) // height and width
		}
		if !bytes.Equal(mine, its) {
			return 0, false
		}
		if at += n; mark == startOfScan {
			return at, bytes.Equal(data[:2], sample[:2])
		}
	}
	return 0, false
}

// isScan reports whether data is packed pixels and the end of the image.
func isScan(data []byte) bool {
	for {
		i := bytes.IndexByte(data, 0xff)
		if i < 0 || i+1 >= len(data) {
			return false
		}
		if data[i+1] != 0 {
			return data[i+1] == 0xd9 && i+2 == len(data)
		}
		data = data[i+2:]
	}
}

// orientation is how the camera was held, as EXIF says it; 1 if it does not.
func orientation(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		mark, n := data[at+1], 2+int(binary.BigEndian.Uint16(data[at+2:]))
		if mark == startOfScan || at+n > len(data) {
			return 1
		}
		if body := data[at+4 : at+n]; mark == exifSegment && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return orientationOf(body[6:])
		}
		at += n
	}
	return 1
}

// orientationOf finds the orientation among the entries of the first directory.
func orientationOf(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	count := int(order.Uint16(tiff[at:]))
	entries := tiff[at+2:]
	for ; count > 0 && len(entries) >= 12; count-- {
		const tag, short = 0x0112, 3
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}
