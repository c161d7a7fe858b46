package web

import (
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/packing"
	"ficstead/internal/store/storetest"
)

// TestDamagedIsNotServed changes letters of everything on the disk, behind the
// store's back, and wants none of them on any page, in any file or feed.
func TestDamagedIsNotServed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	s := storetest.OpenAt(t, path)
	sound := addWork(t, s, archive.Work{Keeper: 1, Visibility: archive.Public, Title: "A sound one"}, markedChapters(archive.Public)...)
	w := addWork(t, s, markedWork(archive.Public), markedChapters(archive.Hidden)...)
	file, picture := []byte("the file as it came, marker"), []byte("a picture, marker")
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.AddAttachment(w.ID, archive.Attachment{Sum: packing.Sum(picture), MediaType: "image/png", Data: picture}); err != nil {
			return err
		}
		return tx.AddOriginal(store.Original{Work: w.ID, Revision: 1, Kind: "plain", Name: "tale marker.txt", Data: file})
	})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{}
	h.open(t, s)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	at := fmt.Sprintf("/works/%d", w.ID.Public())
	texts := []string{at + "/chapters/2", at + "/full", at + ".epub", at + ".html", at + ".md", at + ".txt", "/works.epub",
		at + "/originals/" + packing.Sum(file), at + "/images/" + packing.Sum(picture)}
	rows := []string{"/", "/works", "/works.atom", "/works.opds", at, at + "/record", "/api/works", "/api/works/" + fmt.Sprint(w.ID.Public())}
	for _, target := range append(texts, rows...) {
		if target == "/works.epub" || strings.HasPrefix(target, "/api") || strings.HasSuffix(target, "/record") || strings.Contains(target, "/images/") {
			continue // their addresses may be others; they must not show damage all the same
		}
		if got := h.get(t, target); got.status != http.StatusOK {
			t.Errorf("%s of a sound work: %d", target, got.status)
		}
	}
	h.open(t, s) // without anything that was kept in memory
	for _, damage := range []string{
		`UPDATE body SET packing = 0, size = 6, data = CAST('Merker' AS BLOB) WHERE id <> 0`,
		`UPDATE work SET title = replace(title, 'marker', 'Merker'), summary = replace(summary, 'marker', 'Merker'), notes = replace(notes, 'marker', 'Merker')`,
		`UPDATE work_names SET tags = replace(tags, 'marker', 'Merker'), creators = replace(creators, 'marker', 'Merker'), series = replace(series, 'marker', 'Merker')`,
		`UPDATE tag SET name = replace(name, 'marker', 'Merker')`,
		`UPDATE creator SET name = replace(name, 'marker', 'Merker')`,
		`UPDATE series SET title = replace(title, 'marker', 'Merker')`,
		`UPDATE chapter SET title = replace(title, 'marker', 'Merker')`,
		`UPDATE original SET name = replace(name, 'marker', 'Merker')`,
		`UPDATE attachment SET media_type = 'text/Merker'`,
	} {
		if _, err := db.Exec(damage); err != nil {
			t.Fatal(err)
		}
		for _, target := range append(texts, rows...) {
			got := h.get(t, target)
			if strings.Contains(got.body+got.header.Get("Content-Type")+got.header.Get("Content-Disposition"), "Merker") {
				t.Errorf("after %s: %s serves it, %d", damage, target, got.status)
			}
		}
	}
	for _, target := range texts[:6] {
		if got := h.get(t, target); got.status != http.StatusInternalServerError || !strings.Contains(got.body, "This is damaged") {
			t.Errorf("%s of a damaged work: %d", target, got.status)
		}
	}
	h.open(t, s) // pages that were made before stay as they were
	if got := h.get(t, "/works"); got.status != http.StatusOK || !strings.Contains(got.body, "A work is damaged") || !strings.Contains(got.body, sound.Title) {
		t.Errorf("a list with a damaged work: %d", got.status)
	}
}
