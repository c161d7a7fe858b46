package export

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	_ "golang.org/x/image/webp" // to read it; nobody writes it

	look "ficstead/internal/base/picture"
)

// maxPixels bounds what is decoded: 40 megapixels take 160 MB.
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
// many e-readers do not know, becomes JPEG, or PNG if one can see through it.
func newPicture(data []byte) (picture, bool) {
	p, err := look.Look(data)
	if err != nil {
		return picture{}, false
	}
	switch p.MediaType {
	case "image/jpeg":
		return picture{p.MediaType, ".jpg", data}, true
	case "image/png":
		return picture{p.MediaType, ".png", data}, true
	case "image/gif":
		return picture{p.MediaType, ".gif", data}, true
	}
	if p.Width*p.Height > maxPixels {
		return picture{}, false
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return picture{}, false
	}
	var out bytes.Buffer
	if solid, ok := img.(interface{ Opaque() bool }); ok && solid.Opaque() {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: 90})
		return picture{"image/jpeg", ".jpg", out.Bytes()}, err == nil
	}
	err = png.Encode(&out, img)
	return picture{"image/png", ".png", out.Bytes()}, err == nil
}
