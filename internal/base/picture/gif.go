package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/gif"

	"ficstead/internal/base/bounds"
)

// redrawGIF draws all frames, or the first if they are too many to hold.
func redrawGIF(p Picture, data []byte) (Drawn, error) {
	walk := walkGIF(data)
	if walk.pixels > bounds.FramePixels || walk.frames > bounds.Frames {
		img, err := decode(data)
		if err != nil {
			return Drawn{}, err
		}
		d, err := writeGIF(&gif.GIF{Image: []*image.Paletted{paletted(img)}, Delay: []int{0}})
		d.Still = true
		return d, err
	}
	all, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil || len(all.Image) == 0 {
		return Drawn{}, ErrBroken
	}
	return writeGIF(all)
}

// paletted is what the decoder makes of a GIF.
func paletted(img image.Image) *image.Paletted {
	if p, ok := img.(*image.Paletted); ok {
		return p
	}
	return image.NewPaletted(img.Bounds(), nil)
}

func writeGIF(all *gif.GIF) (Drawn, error) {
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, all); err != nil {
		return Drawn{}, ErrBroken
	}
	d := drawn("image/gif", all.Image[0], out.Bytes())
	if all.Config.Width > 0 {
		d.Width, d.Height = all.Config.Width, all.Config.Height
	}
	return d, nil
}

// gifWalk is what the blocks of a GIF are, without unpacking any.
type gifWalk struct {
	frames, pixels int
	bare           bool // nothing but pixels and how they follow each other
}

func isBareGIF(data []byte) bool { return walkGIF(data).bare }

func walkGIF(data []byte) (w gifWalk) {
	r := gifReader{data: data}
	head := r.take(13)
	if head == nil {
		return w
	}
	r.table(head[10])
	w.bare = true
	for {
		switch mark := r.take(1); {
		case mark == nil:
			w.bare = false
			return w
		case mark[0] == 0x21:
			w.bare = r.extension() && w.bare
		case mark[0] == 0x2c:
			frame := r.take(9)
			if frame == nil {
				w.bare = false
				return w
			}
			w.frames++
			w.pixels += int(binary.LittleEndian.Uint16(frame[4:])) * int(binary.LittleEndian.Uint16(frame[6:]))
			r.table(frame[8])
			r.take(1)
			r.blocks()
		default:
			w.bare = w.bare && mark[0] == 0x3b && len(r.data) == 0
			return w
		}
	}
}

type gifReader struct{ data []byte }

// take returns the next n bytes, or nil if there are not as many.
func (r *gifReader) take(n int) []byte {
	if n > len(r.data) {
		r.data = nil
		return nil
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

// table passes over the colours that flags announce.
func (r *gifReader) table(flags byte) {
	if flags&0x80 != 0 {
		r.take(3 << (1 + flags&7))
	}
}

// extension reports whether what follows tells how frames follow each other.
func (r *gifReader) extension() bool {
	label := r.take(1)
	if label == nil {
		return false
	}
	first, n := r.blocks()
	switch label[0] {
	case 0xf9: // how long a frame stays, and what of it
		return len(first) == 4 && n == 1
	case 0xff: // how often all is shown
		return string(first) == "NETSCAPE2.0" && n == 2
	}
	return false
}

// blocks passes over blocks, and returns the first and how many there are.
func (r *gifReader) blocks() (first []byte, n int) {
	for {
		size := r.take(1)
		if size == nil || size[0] == 0 {
			return first, n
		}
		block := r.take(int(size[0]))
		if n++; n == 1 {
			first = block
		}
	}
}
