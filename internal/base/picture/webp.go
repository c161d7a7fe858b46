package picture

import (
	"bytes"
	"encoding/binary"
)

// firstFrame makes a still WebP of one that moves, which the decoder does not know.
func firstFrame(data []byte) (still []byte, moved bool) {
	const head = 12 // "RIFF", a size, "WEBP"
	for rest := data[min(head, len(data)):]; len(rest) >= 8; {
		name, n := string(rest[:4]), int64(binary.LittleEndian.Uint32(rest[4:]))
		if n+8 > int64(len(rest)) {
			return data, false
		}
		const place = 16 // where and how long the frame is shown
		if body := rest[8 : 8+n]; name == "ANMF" && n > place {
			return stillWebP(body[:place], body[place:]), true
		}
		rest = rest[min(8+n+n&1, int64(len(rest))):]
	}
	return data, false
}

// stillWebP is a file of the chunks of one frame. Place holds its size.
func stillWebP(place, chunks []byte) []byte {
	var body bytes.Buffer
	body.WriteString("WEBP")
	if bytes.HasPrefix(chunks, []byte("ALPH")) {
		body.WriteString("VP8X\x0a\x00\x00\x00\x10\x00\x00\x00") // it has an alpha channel
		body.Write(place[6:12])                                  // its width and height
	}
	body.Write(chunks)
	file := append([]byte("RIFF"), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(file[4:], uint32(body.Len()))
	return append(file, body.Bytes()...)
}
