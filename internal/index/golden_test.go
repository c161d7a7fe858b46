package index

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/index/vocabulary"
)

var update = flag.Bool("update", false, "write the golden file anew")

// golden is a whole kept index of version 2.
const golden = "testdata/v2.snapshot"

// goldenArchive never changes: it is what the golden file was made of. It is
// written without any dice, and all parts of the file have something in it.
func goldenArchive() *Snapshot {
	var tags []archive.Tag
	for id := archive.TagID(1); id <= 60; id++ {
		t := archive.Tag{ID: id, Kind: archive.Kind(1 + id%7), Name: fmt.Sprintf("Ünlike %d/Moon %d", id, id*id%17)}
		if id > 50 { // a synonym
			t.Canonical = id - 49 + 6*(id%2)
			t.Kind = archive.Kind(1 + t.Canonical%7)
		}
		tags = append(tags, t)
	}
	links := []archive.TagLink{{Parent: 4, Child: 11, Sub: true}, {Parent: 11, Child: 18, Sub: true}, {Parent: 3, Child: 5}, {Parent: 10, Child: 12}}
	b := NewBuilder(vocabulary.Build(slices.Values(tags), slices.Values(links)))
	for i := range 64 {
		d := Doc{
			ID: archive.WorkID(1 + i*3), Keeper: archive.PersonID(1 + i%3), Visibility: archive.Public,
			Title: fmt.Sprintf("The %d. Lighthouse", i*7%20), Language: []string{"en", "de", "", "zh"}[i%4],
			Creators: []archive.Creator{{ID: archive.CreatorID(1 + i%9), Name: fmt.Sprint("Ilse ", i%9)}},
			Summary:  fmt.Sprintf("Rain on the river %d\n\nand a lamp %d", i%5, i%8), Notes: "Thank you",
			Words: i * 1013, Chapters: 1 + i%6, Kudos: i * i, Hits: i * 1000, Comments: i % 11, Bookmarks: i % 5,
			Complete: i%2 == 0, Updated: time.Unix(1_700_000_000+int64(i)*86_399, 0), Posted: time.Unix(1_600_000_000, 0),
		}
		if i%10 == 9 {
			d.Visibility = archive.Visibility(i / 10 % 4)
		}
		if i%13 == 0 {
			d.Series = []archive.Series{{ID: archive.SeriesID(1 + i/13), Title: "Lights"}}
		}
		for k := range 3 + i%6 {
			if id := archive.TagID(1 + (i*i+k*k*5+k)%60); !slices.Contains(d.Tags, id) {
				d.Tags = append(d.Tags, id)
			}
		}
		b.Add(d)
	}
	return b.Done()
}

// Whoever changes a byte of what is written changes the version with it, or
// else says in docs/formats/snapshot.md why older files are still read.
func TestGoldenFile(t *testing.T) {
	if binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		t.Skip("the golden file is of a machine with the other order of bytes")
	}
	path := filepath.Join(t.TempDir(), "snapshot")
	label := Label{"the golden store", 123456789}
	built := goldenArchive()
	if err := built.WriteFile(path, label); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the same works make %d bytes that are not the %d of version %d", len(got), len(want), fileVersion)
	}
	f, err := OpenFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(t.Context()); err != nil || f.Label != label {
		t.Errorf("%+v, %v", f.Label, err)
	}
	if odd := Differ(f.Snapshot, built, 5); len(odd) > 0 {
		t.Errorf("works %v are others in it", odd)
	}
	found, err := f.Find(t.Context(), archive.Viewer{}, And{Words{Places: []Place{InTags}, Terms: []string{"unlike"}}, Range{Column: Kudos, Least: 100, Most: 1000}})
	if err != nil {
		t.Fatal(err)
	}
	if page := found.Page(ByColumn(Kudos), true, 0, 3); found.Total() != 20 || !slices.Equal(page, []archive.WorkID{94, 91, 85}) {
		t.Errorf("it finds %d works, of which %v come first", found.Total(), page)
	}
}
