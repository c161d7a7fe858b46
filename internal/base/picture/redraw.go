package picture

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"

	"ficstead/internal/base/bounds"
)

// quality is that of the JPEGs we write: nobody sees a difference, and files
// grow little.
const quality = 90

// Drawn is a picture as we wrote it.
type Drawn struct {
	Picture
	Data  []byte
	Still bool // it moved, and is its first frame now
}

// Redraw makes a new file of the pixels of a picture. JPEG, PNG and GIF stay
// what they are, and a GIF goes on moving; WebP becomes JPEG, or PNG if one can
// see through it. A photograph is turned as its camera says, because that is gone.
func Redraw(data []byte) (Drawn, error) {
	p, err := Look(data)
	if err != nil {
		return Drawn{}, err
	}
	switch p.MediaType {
	case "image/jpeg":
		return redrawJPEG(p, data)
	case "image/png":
		return redrawPNG(p, data)
	case "image/gif":
		return redrawGIF(p, data)
	}
	return redrawWebP(p, data)
}

// Bare returns data if it is a picture that holds nothing but pixels, else it
// redrawn. It costs a walk through the file, no drawing, where that was done before.
func Bare(data []byte) (Drawn, error) {
	p, err := Look(data)
	if err != nil {
		return Drawn{}, err
	}
	bare := false
	switch p.MediaType {
	case "image/jpeg":
		bare = isOurJPEG(data)
	case "image/png":
		bare = isBarePNG(data)
	case "image/gif":
		bare = isBareGIF(data)
	}
	if bare {
		return Drawn{Picture: p, Data: data}, nil
	}
	return Redraw(data)
}

func decode(data []byte) (image.Image, error) {
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrBroken
	}
	return img, nil
}

func redrawJPEG(p Picture, data []byte) (Drawn, error) {
	img, err := decode(data)
	if err != nil {
		return Drawn{}, err
	}
	if isOurJPEG(data) {
		return Drawn{Picture: p, Data: data}, nil // to draw it again would lose again
	}
	return writeJPEG(turned(img, orientation(data)))
}

func writeJPEG(img image.Image) (Drawn, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}); err != nil {
		return Drawn{}, ErrBroken
	}
	return drawn("image/jpeg", img, out.Bytes()), nil
}

func redrawPNG(_ Picture, data []byte) (Drawn, error) {
	img, err := decode(data)
	if err != nil {
		return Drawn{}, err
	}
	return writePNG(img)
}

func writePNG(img image.Image) (Drawn, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if b := img.Bounds(); b.Dx()*b.Dy() > bounds.PicturePixels/10 {
		encoder.CompressionLevel = png.BestSpeed // the largest would take ten seconds
	}
	if err := encoder.Encode(&out, img); err != nil {
		return Drawn{}, ErrBroken
	}
	return drawn("image/png", img, out.Bytes()), nil
}

// redrawWebP writes what every e-reader knows.
func redrawWebP(_ Picture, data []byte) (Drawn, error) {
	data, still := firstFrame(data)
	img, err := decode(data)
	if err != nil {
		return Drawn{}, err
	}
	var d Drawn
	if solid, ok := img.(interface{ Opaque() bool }); ok && solid.Opaque() {
		d, err = writeJPEG(img)
	} else {
		d, err = writePNG(img)
	}
	d.Still = still
	return d, err
}

func drawn(mediaType string, img image.Image, data []byte) Drawn {
	b := img.Bounds()
	return Drawn{Picture: Picture{MediaType: mediaType, Width: b.Dx(), Height: b.Dy()}, Data: data}
}

// turned turns and mirrors img as the number of EXIF says; 1 is upright.
func turned(img image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	flat := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(flat, flat.Bounds(), img, b.Min, draw.Src)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation > 4 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			ox, oy := place(orientation, x, y, w, h)
			copy(out.Pix[oy*out.Stride+4*ox:][:4], flat.Pix[y*flat.Stride+4*x:][:4])
		}
	}
	return out
}

// place is where a pixel of a picture of w by h goes.
func place(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
