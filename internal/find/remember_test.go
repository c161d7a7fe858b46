package find

import (
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

func TestRemember(t *testing.T) {
	f, works := library()
	in := &world{works: works, texts: map[archive.WorkID]string{1: "a violin in the fog", 2: "a violin and tea", 3: "the fog at sea", 4: "no violin at sea"}}
	for _, test := range []struct {
		m    Memory
		want []archive.WorkID
		told string
	}{
		{Memory{Line: "violin fog"}, []archive.WorkID{1, 2, 3, 4}, ""},
		{Memory{Line: "violin fog", Most: 2}, []archive.WorkID{1, 2}, ""},
		{Memory{Line: "violin", Fandom: "BBC sherlock", Words: Range{Below: 1000}}, []archive.WorkID{2, 4}, ""},
		{Memory{Line: "violin", Fandom: "treas"}, []archive.WorkID{4}, ""},
		{Memory{Line: "violin", Ship: "Sherlok Holmes/John Watson", Languages: []string{"en"}}, []archive.WorkID{1}, ""},
		{Memory{Line: "violin fog sea", Ship: "jim haw"}, []archive.WorkID{3}, ""},
		{Memory{Line: "violin", Fandom: "Trekking"}, []archive.WorkID{1, 2, 4}, "There is no fandom “Trekking”; it was left out."},
		{Memory{Line: "violin", Fandom: "Treasure Island", Complete: Yes}, []archive.WorkID{1, 2, 4}, "loosened"},
		{Memory{Line: "drum", Complete: Yes}, nil, ""},
		{Memory{}, nil, ""},
	} {
		f.inside = insideOf{in}
		got, err := f.Remember(t.Context(), archive.Viewer{}, test.m)
		var ids []archive.WorkID
		for _, c := range got.Chapters {
			ids = append(ids, c.Work)
		}
		told := ""
		for _, p := range got.Ignored {
			told += p.Message
		}
		if got.Loosened {
			told += "loosened"
		}
		if err != nil || !slices.Equal(ids, test.want) || told != test.told {
			t.Errorf("%+v: %v, %q, %v; want %v, %q", test.m, ids, told, err, test.want, test.told)
		}
	}
	f.inside = nil
	if got, err := f.Remember(t.Context(), archive.Viewer{}, Memory{Line: "violin"}); err != nil || len(got.Ignored) != 1 {
		t.Errorf("without the text: %+v, %v", got, err)
	}
}

// What is remembered of works out of sight stays out of sight.
func TestRememberOnlyWhatMayBeSeen(t *testing.T) {
	d := newDice(31)
	w := d.world(60)
	f := w.finder()
	for _, v := range viewers {
		got, err := f.Remember(t.Context(), v, Memory{Line: strings.Join(wordList, " "), Most: 100})
		if err != nil || len(got.Chapters) == 0 {
			t.Fatalf("%+v: %v, %v", v, got, err)
		}
		for _, c := range got.Chapters {
			if !v.MaySeeWork(w.works[c.Work-1]) {
				t.Errorf("%+v is shown work %d", v, c.Work)
			}
		}
	}
}
