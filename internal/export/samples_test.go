package export_test

import (
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/export"
	"ficstead/internal/samples"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestSamplesThroughEPUBCheck follows every sample along the whole road, and
// has what comes out checked, bound as one book and one alone.
func TestSamplesThroughEPUBCheck(t *testing.T) {
	s := storetest.Open(t)
	owner := archive.Viewer{Person: archive.Owner}
	if err := samples.Load(t.Context(), s, owner); err != nil {
		t.Fatal(err)
	}
	var all export.Book
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		var ids []archive.WorkID
		if err := storetest.EachWork(tx, func(w archive.Work) error { ids = append(ids, w.ID); return nil }); err != nil {
			return err
		}
		var err error
		all, err = export.Load(tx, owner, ids...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all.Title = "The samples"
	books := map[string][]byte{}
	for name, b := range map[string]export.Book{"samples": all, "one sample": {Works: all.Works[:1]}} {
		data, err := export.EPUB(b)
		if err != nil {
			t.Fatal(err)
		}
		books[name] = data
	}
	t.Logf("%d samples", len(all.Works))
	checkEPUBs(t, books)
}
