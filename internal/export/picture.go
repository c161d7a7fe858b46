package export

import (
	look "ficstead/internal/base/picture"
)

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

// newPicture judges data by what it is, whatever was said of it. What was not
// drawn by us is drawn anew.
func newPicture(data []byte) (picture, bool) {
	p, err := look.Bare(data)
	if err != nil {
		return picture{}, false
	}
	ext, ok := map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}[p.MediaType]
	return picture{p.MediaType, ext, p.Data}, ok
}
