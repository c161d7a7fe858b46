package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"ficstead/internal/base/bounds"
)

// scribble is a picture that no two bytes of are alike.
func scribble(w, h int, clear bool) *image.NRGBA {
	r := rand.New(rand.NewPCG(1, 2))
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(r.Uint32())
		if !clear && i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}

func asPNG(img image.Image) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}

func asJPEG(img image.Image, quality int) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	return b.Bytes()
}

func asGIF(frames int) []byte {
	all := &gif.GIF{}
	for i := range frames {
		frame := image.NewPaletted(image.Rect(0, 0, 8, 6), color.Palette{color.Black, color.White, color.Transparent, color.RGBA{byte(i), 9, 9, 255}})
		frame.Pix[i%len(frame.Pix)] = 3
		all.Image, all.Delay, all.Disposal = append(all.Image, frame), append(all.Delay, 7), append(all.Disposal, gif.DisposalBackground)
	}
	var b bytes.Buffer
	_ = gif.EncodeAll(&b, all)
	return b.Bytes()
}

const secret = "GPS 51.4779 N <script>alert(1)</script>"

// withSegment puts a segment of a JPEG behind its start.
func withSegment(data []byte, mark byte, body string) []byte {
	segment := binary.BigEndian.AppendUint16([]byte{0xff, mark}, uint16(len(body)+2))
	return bytes.Join([][]byte{data[:2], segment, []byte(body), data[2:]}, nil)
}

// withChunk puts a chunk of a PNG behind its header.
func withChunk(data []byte, kind, body string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(chunk, kind+body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	const head = 8 + 25
	return bytes.Join([][]byte{data[:head], chunk, data[head:]}, nil)
}

func exif(order binary.AppendByteOrder, orientation uint16) string {
	b := []byte("Exif\x00\x00")
	mark := "II*\x00"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		mark = "MM\x00*"
	}
	b = order.AppendUint32(append(b, mark...), 8)
	b = order.AppendUint16(b, 1)
	b = order.AppendUint16(order.AppendUint16(b, 0x0112), 3)
	b = order.AppendUint16(order.AppendUint32(b, 1), orientation)
	return string(append(b, 0, 0, 0, 0, 0, 0)) + secret
}

// pictures are files of all sorts that hold a secret besides their pixels.
func pictures() map[string][]byte {
	solid, clear := scribble(20, 10, false), scribble(20, 10, true)
	grey := image.NewGray(image.Rect(0, 0, 9, 9))
	deep := image.NewNRGBA64(image.Rect(0, 0, 9, 9))
	return map[string][]byte{
		"jpeg: EXIF":               withSegment(asJPEG(solid, 75), 0xe1, exif(binary.LittleEndian, 1)),
		"jpeg: turned":             withSegment(asJPEG(solid, 75), 0xe1, exif(binary.BigEndian, 6)),
		"jpeg: comment":            withSegment(asJPEG(grey, 75), 0xfe, secret),
		"jpeg: behind its end":     append(asJPEG(solid, quality), secret...),
		"jpeg: ours and a comment": withSegment(asJPEG(solid, quality), 0xfe, secret),
		"png: text":                withChunk(asPNG(clear), "tEXt", "Comment\x00"+secret),
		"png: EXIF":                withChunk(asPNG(solid), "eXIf", exif(binary.BigEndian, 1)[6:]),
		"png: behind its end":      append(asPNG(grey), secret...),
		"png: deep":                withChunk(asPNG(deep), "zTXt", secret),
		"gif: behind its end":      append(asGIF(3), secret...),
		"gif: comment":             append(append(asGIF(1)[:len(asGIF(1))-1], "\x21\xfe\x27"+secret+"\x00"...), 0x3b),
	}
}

func TestRedrawKeepsPixelsOnly(t *testing.T) {
	for name, data := range pictures() {
		for what, make := range map[string]func([]byte) (Drawn, error){"Redraw": Redraw, "Bare": Bare} {
			d, err := make(data)
			if err != nil {
				t.Errorf("%s of %s: %v", what, name, err)
				continue
			}
			if bytes.Contains(d.Data, []byte("alert")) || bytes.Contains(d.Data, []byte("GPS")) || bytes.Contains(d.Data, []byte("Exif")) {
				t.Errorf("%s of %s holds what was beside the pixels", what, name)
			}
			if look, err := Look(d.Data); err != nil || look.MediaType != d.MediaType || look.Width != d.Width || look.Height != d.Height {
				t.Errorf("%s of %s: %+v, says %+v, %v", what, name, look, d.Picture, err)
			}
			for again, make := range map[string]func([]byte) (Drawn, error){"Redraw": Redraw, "Bare": Bare} {
				if e, err := make(d.Data); err != nil || !bytes.Equal(e.Data, d.Data) {
					t.Errorf("%s of %s of %s: other bytes, %v", again, what, name, err)
				}
			}
		}
	}
}

func TestTurned(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 3, 2))
	for i := range 6 {
		img.SetRGBA(i%3, i/3, color.RGBA{byte('a' + i), 0, 0, 255})
	}
	for orientation, want := range map[int]string{
		1: "abc/def", 2: "cba/fed", 3: "fed/cba", 4: "def/abc", 5: "ad/be/cf", 6: "da/eb/fc", 7: "fc/eb/da", 8: "cf/be/ad", 9: "abc/def",
	} {
		out, got := turned(img, orientation), ""
		for y := range out.Bounds().Dy() {
			if y > 0 {
				got += "/"
			}
			for x := range out.Bounds().Dx() {
				r, _, _, _ := out.At(x, y).RGBA()
				got += string(rune(r >> 8))
			}
		}
		if got != want {
			t.Errorf("%d: got %s, want %s", orientation, got, want)
		}
	}
	d, err := Redraw(pictures()["jpeg: turned"])
	if err != nil || d.Width != 10 || d.Height != 20 {
		t.Errorf("%dx%d, %v", d.Width, d.Height, err)
	}
}

func TestGIFGoesOnMoving(t *testing.T) {
	in, _ := gif.DecodeAll(bytes.NewReader(asGIF(5)))
	d, err := Redraw(asGIF(5))
	if err != nil || d.Still {
		t.Fatal(d.Still, err)
	}
	out, err := gif.DecodeAll(bytes.NewReader(d.Data))
	if err != nil || len(out.Image) != 5 || out.Delay[4] != 7 || out.Disposal[4] != gif.DisposalBackground {
		t.Fatalf("%d frames, %v", len(out.Image), err)
	}
	for i := range in.Image {
		for y := range 6 {
			for x := range 8 {
				if in.Image[i].At(x, y) != out.Image[i].At(x, y) {
					t.Fatalf("frame %d differs at %d, %d", i, x, y)
				}
			}
		}
	}
	d, err = Redraw(asGIF(bounds.Frames + 1))
	if out, _ := gif.DecodeAll(bytes.NewReader(d.Data)); err != nil || !d.Still || len(out.Image) != 1 {
		t.Errorf("still %v, %v", d.Still, err)
	}
}

// moving is a WebP of one frame in which there are pixels at all: those of testdata.
func TestMovingWebP(t *testing.T) {
	still, err := os.ReadFile(filepath.Join("testdata", "lamp.webp"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Look(still)
	if err != nil {
		t.Fatal(err)
	}
	frame := make([]byte, 16)
	frame[6], frame[9] = byte(p.Width-1), byte(p.Height-1)
	frame = append(frame, still[12:]...)
	body := "WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00" + string([]byte{byte(p.Width - 1), 0, 0, byte(p.Height - 1), 0, 0}) +
		"ANIM\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	for range 2 {
		body += "ANMF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(frame)))) + string(frame)
	}
	data := "RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
	moved, err := Redraw([]byte(data))
	if err != nil || !moved.Still || moved.Width != p.Width {
		t.Fatalf("%+v, %v", moved.Picture, err)
	}
	if whole, err := Redraw(still); err != nil || whole.Still || !bytes.Equal(whole.Data, moved.Data) {
		t.Errorf("the first frame is not the picture: %v", err)
	}
}

func TestRefused(t *testing.T) {
	whole := asPNG(scribble(30, 30, false))
	for name, c := range map[string]struct {
		data []byte
		err  error
	}{
		"svg":         {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), ErrFormat},
		"cut":         {whole[:len(whole)/2], ErrBroken},
		"40 MP":       {sized(asPNG(image.NewGray(image.Rect(0, 0, 1, 1))), 6400, 6400), ErrBig},
		"deep 25 MP":  {sized(asPNG(image.NewGray16(image.Rect(0, 0, 1, 1))), 5000, 5000), ErrBig},
		"20,001 wide": {sized(asPNG(image.NewGray(image.Rect(0, 0, 1, 1))), 20_001, 1), ErrBig},
		"no pixels":   {sized(asPNG(image.NewGray(image.Rect(0, 0, 1, 1))), 6000, 6000), ErrBroken},
	} {
		if _, err := Redraw(c.data); !errors.Is(err, c.err) {
			t.Errorf("%s: got %v, want %v", name, err, c.err)
		}
	}
}

// sized is a PNG that claims another size.
func sized(data []byte, w, h uint32) []byte {
	data = bytes.Clone(data)
	binary.BigEndian.PutUint32(data[16:], w)
	binary.BigEndian.PutUint32(data[20:], h)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// The collection of pictures with scripts and places in all their metadata
// stands beside the checkout where there is one.
func TestBadInputs(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/badinputs/xss/*.*")
	n := 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(path) {
		case ".jpg", ".png":
			d, err := Redraw(data)
			if err != nil {
				t.Logf("%s: %v", filepath.Base(path), err)
				continue
			}
			n++
			for _, mark := range []string{"Exif", "http://ns.adobe", "<script", "alert(", "onerror", "Photoshop"} {
				if bytes.Contains(d.Data, []byte(mark)) {
					t.Errorf("%s: %q is left", path, mark)
				}
			}
		case ".svg":
			n++
			if _, err := Redraw(data); !errors.Is(err, ErrFormat) {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	t.Logf("%d files", n)
}

func FuzzRedraw(f *testing.F) {
	for _, data := range pictures() {
		f.Add(data)
	}
	if data, err := os.ReadFile(filepath.Join("testdata", "lamp.webp")); err == nil {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := Look(data); err != nil || p.Pixels() > 1<<20 {
			return
		}
		d, err := Redraw(data)
		if err != nil {
			return
		}
		e, err := Redraw(d.Data)
		if err != nil || !bytes.Equal(d.Data, e.Data) {
			t.Errorf("redrawn again it is other bytes (%v)", err)
		}
		if b, err := Bare(d.Data); err != nil || !bytes.Equal(d.Data, b.Data) {
			t.Errorf("what we draw is not bare (%v)", err)
		}
	})
}
