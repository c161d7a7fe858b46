package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/webp"

	"ficstead/internal/base/bounds"
)

// Why a picture is not taken.
var (
	ErrFormat = errors.New("the picture is no JPEG, PNG, GIF or WebP")
	ErrBig    = errors.New("the picture is too big")
	ErrBroken = errors.New("the picture is damaged")
)

// Picture is what the header of one says.
type Picture struct {
	MediaType     string
	Width, Height int

	deep bool // more than eight bits a colour
}

// Look reads the header of a picture, whatever its name or label claims it is.
func Look(data []byte) (Picture, error) {
	if len(data) > bounds.Picture {
		return Picture{}, ErrBig
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return Picture{}, ErrFormat
	}
	p := Picture{MediaType: "image/" + format, Width: config.Width, Height: config.Height}
	switch config.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model, color.Alpha16Model:
		p.deep = true
	}
	if p.Width > bounds.PictureSide || p.Height > bounds.PictureSide || p.Pixels() > bounds.PicturePixels {
		return Picture{}, ErrBig
	}
	return p, nil
}

// Pixels is how many the picture has, counted twice where they take twice the memory.
func (p Picture) Pixels() int {
	if p.deep {
		return 2 * p.Width * p.Height
	}
	return p.Width * p.Height
}
