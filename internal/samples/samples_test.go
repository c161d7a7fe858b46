package samples

import (
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/intake"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var owner = archive.Viewer{Person: archive.Owner}

func TestSamplesAreALibrary(t *testing.T) {
	s := storetest.Open(t)
	for range 2 { // loading again changes nothing
		if err := Load(t.Context(), s, owner); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	fandoms, languages, ratings, series := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	works := 0
	err = s.Read(t.Context(), func(tx *store.Tx) error {
		return storetest.EachWork(tx, func(w archive.Work) error {
			works++
			if w.ChaptersPlanned > 0 && w.ChaptersPlanned < len(w.Chapters) {
				t.Errorf("%s has %d chapters and plans %d", w.Title, len(w.Chapters), w.ChaptersPlanned)
			}
			languages[w.Language]++
			for _, tag := range w.TagsOf(archive.Fandom) {
				fandoms[tag.Name]++
			}
			for _, tag := range w.TagsOf(archive.Rating) {
				ratings[tag.Name]++
			}
			for _, part := range w.Series {
				series[part.Series.Title]++
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if works != len(files) || works < 30 {
		t.Errorf("%d works of %d files, want 30 or more", works, len(files))
	}
	if len(fandoms) < 6 || len(ratings) < 4 || series["Salt Letters"] != 3 {
		t.Errorf("fandoms %v, ratings %v, series %v", fandoms, ratings, series)
	}
	rtl := false
	for code := range languages {
		rtl = rtl || text.Dir(code) == "rtl"
	}
	if len(languages) < 3 || !rtl {
		t.Errorf("languages %v, want several and one right-to-left", languages)
	}
}

func TestSamplesNeedNoMendingButThePlainOnes(t *testing.T) {
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := file.Data()
		if err != nil {
			t.Fatal(err)
		}
		m, _, err := intake.Read(file.Name, data, nil)
		if err != nil {
			t.Errorf("%s: %v", file.Name, err)
			continue
		}
		if m.Kind == "markdown" && len(archive.CountMends(m.Mends)) > 0 {
			t.Errorf("%s was mended: %v", file.Name, m.Mends)
		}
		if m.Title == "" || len(m.Creators) == 0 || len(m.Warnings) > 0 {
			t.Errorf("%s: title %q, creators %v, warnings %v", file.Name, m.Title, m.Creators, m.Warnings)
		}
	}
}
