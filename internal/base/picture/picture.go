// Package picture tells what a picture is without drawing it.
//
// It reads headers only, so that a picture that would unpack to gigabytes costs
// nothing. Formats that can hold scripts, such as SVG, are none here.
package picture

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/webp"
)

// Why a picture is not taken.
var (
	ErrFormat = errors.New("the picture is no JPEG, PNG, GIF or WebP")
	ErrBig    = errors.New("the picture is too big")
)

// The bounds. Cameras make 100 megapixels at most, and screens show eight.
const (
	MaxBytes  = 20 << 20
	maxSide   = 20_000
	maxPixels = 100_000_000
)

// Picture is what the header of one says.
type Picture struct {
	MediaType     string
	Width, Height int
}

// Look reads the header of a picture, whatever its name or label claims it is.
func Look(data []byte) (Picture, error) {
	if len(data) > MaxBytes {
		return Picture{}, ErrBig
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return Picture{}, ErrFormat
	}
	if config.Width > maxSide || config.Height > maxSide || config.Width*config.Height > maxPixels {
		return Picture{}, ErrBig
	}
	return Picture{MediaType: "image/" + format, Width: config.Width, Height: config.Height}, nil
}
