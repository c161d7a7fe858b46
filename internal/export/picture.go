package export

import (
	"bytes"
	"image"
	_ "image/gif" // to tell a sound picture from a damaged one
	_ "image/jpeg"
	"image/png"

	_ "golang.org/x/image/webp"
)

// maxPixels bounds what is decoded: 40 megapixels are a photograph at its largest.
const maxPixels = 40_000_000

// picture is one that e-readers show.
type picture struct {
	mediaType, ext string
	data           []byte
}

// pictures are those of a work that e-readers can show, by sum.
func (b Bound) pictures() map[string]picture {
	pictures := map[string]picture{}
	for sum, a := range b.Images {
		if p, ok := newPicture(a.Data); ok {
			pictures[sum] = p
		}
	}
	return pictures
}

// newPicture judges data by what it is, whatever was said of it. WebP, which
// many e-readers do not know, becomes PNG.
func newPicture(data []byte) (picture, bool) {
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height {
		return picture{}, false
	}
	switch kind {
	case "jpeg":
		return picture{"image/jpeg", ".jpg", data}, true
	case "png":
		return picture{"image/png", ".png", data}, true
	case "gif":
		return picture{"image/gif", ".gif", data}, true
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return picture{}, false
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return picture{}, false
	}
	return picture{"image/png", ".png", out.Bytes()}, true
}
