package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
)

func TestDownloads(t *testing.T) {
	h := newHouse(t)
	id := h.works[archive.Public].ID
	for ext, begins := range map[string]string{"epub": "PK", "html": "<", "md": "", "txt": ""} {
		got := h.get(t, address.Download(id, ext))
		again := h.get(t, address.Download(id, ext))
		if got.status != 200 || !strings.HasPrefix(got.body, begins) || got.body == "" || got.body != again.body {
			t.Errorf("%s: %d, %d bytes", ext, got.status, len(got.body))
		}
		if d := got.header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; ") || !strings.Contains(d, "."+ext) {
			t.Errorf("%s: Content-Disposition %q", ext, d)
		}
	}
	for ext, want := range map[string]string{"pdf": "not offered yet", "azw3": "not offered yet", "exe": "Nothing here"} {
		if got := h.get(t, address.Download(id, ext)); got.status != 404 || !strings.Contains(got.body, want) {
			t.Errorf("%s: %d", ext, got.status)
		}
	}
}

// A download that broke off goes on where it was, if the file is the same.
func TestDownloadsInParts(t *testing.T) {
	h := newHouse(t)
	for _, ext := range []string{"epub", "html", "md", "txt"} {
		target := address.Download(h.works[archive.Public].ID, ext)
		whole := h.get(t, target)
		tag := whole.header.Get("Etag")
		if strings.HasPrefix(tag, "W/") || tag == "" || whole.header.Get("Accept-Ranges") != "bytes" {
			t.Errorf("%s: ETag %s, Accept-Ranges %q", ext, tag, whole.header.Get("Accept-Ranges"))
		}
		for _, c := range []struct {
			method, part, ifRange string
			status                int
			body                  string
		}{
			{"GET", "bytes=5-9", "", 206, whole.body[5:10]},
			{"GET", "bytes=-4", tag, 206, whole.body[len(whole.body)-4:]},
			{"GET", "bytes=5-9", `"another"`, 200, whole.body},
			{"GET", "bytes=99999999-", "", 416, ""},
			{"HEAD", "", "", 200, ""},
		} {
			r := httptest.NewRequest(c.method, target, nil)
			r.Host = "localhost"
			r.Header.Set("Test-Person", "1")
			r.Header.Set("Accept-Encoding", "gzip")
			r.Header.Set("Range", c.part)
			r.Header.Set("If-Range", c.ifRange)
			got := h.send(t, r)
			if got.status != c.status || c.status != 416 && got.body != c.body || c.method == "HEAD" && got.header.Get("Content-Length") != strconv.Itoa(len(whole.body)) {
				t.Errorf("%s %s %s: %d, %d bytes", ext, c.method, c.part, got.status, len(got.body))
			}
		}
	}
}

func TestListAsOneBook(t *testing.T) {
	h := newHouse(t)
	if got := h.get(t, "/works.epub"); got.status != 200 || !strings.HasPrefix(got.body, "PK") {
		t.Errorf("%d", got.status)
	}
	for i := range bookWorks + 1 {
		w := markedWork(archive.Public)
		w.Series, w.Notes = nil, prose.Doc{}
		w.Title = strings.Repeat("x", i%7+1)
		addWork(t, h.Store, w, archive.Chapter{Number: 1, Text: prose.Parse("<p>x</p>")})
	}
	h.follow(t)
	if got := h.get(t, "/works.epub"); got.status != 422 || !strings.Contains(got.body, "Too much for one book") {
		t.Errorf("too many works: %d", got.status)
	}
}

// gpsPicture is a GIF of one pixel that says besides where it was taken.
const gpsPicture = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\x21\xfe\x05GPS 5\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b"

func TestImages(t *testing.T) {
	h := newHouse(t)
	hash := sha256.Sum256([]byte(gpsPicture))
	sum := hex.EncodeToString(hash[:])
	w := markedWork(archive.Private)
	w = addWork(t, h.Store, w, archive.Chapter{Number: 1, Text: prose.Parse(`<p><img src="image:` + sum + `" alt="A picture"></p>`)})
	change(t, h.Store, func(tx *store.Tx) error {
		return tx.AddAttachment(w.ID, archive.Attachment{Sum: sum, MediaType: "image/png", Data: []byte(gpsPicture)})
	})
	if got := h.get(t, address.Chapter(w.ID, 1)); !strings.Contains(got.body, `src="`+address.Image(w.ID, sum)+`"`) {
		t.Errorf("the chapter does not show its picture:\n%s", got.body)
	}
	got := h.get(t, address.Image(w.ID, sum))
	if got.status != 200 || !strings.HasPrefix(got.body, "GIF89a") || strings.Contains(got.body, "GPS") || got.header.Get("Content-Type") != "image/gif" {
		t.Errorf("%d %q %s", got.status, got.body, got.header.Get("Content-Type"))
	}
	for person, want := range []int{404, 200, 404, 404, 404} {
		if got := h.ask(t, person, "GET", address.Image(w.ID, sum), nil); got.status != want {
			t.Errorf("%s: %d, want %d", people[person].name, got.status, want)
		}
	}
}
