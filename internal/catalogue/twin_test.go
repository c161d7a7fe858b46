package catalogue_test

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestTwins brings a work in, and then others that have much or little in common with it.
func TestTwins(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*archive.Manuscript)
		want   archive.Status
	}{
		{"without its address", func(m *archive.Manuscript) { m.Source = archive.Source{} }, archive.StatusSame},
		{"in another case", func(m *archive.Manuscript) { m.Source, m.Title = archive.Source{}, "TEA" }, archive.StatusUpdated},
		{"under another title", func(m *archive.Manuscript) { m.Source, m.Title = archive.Source{}, "Coffee" }, archive.StatusDuplicate},
		{"from another site", func(m *archive.Manuscript) { m.Source = archive.ParseSource("https://ao3.org/works/7") }, archive.StatusDuplicate},
		{"under another number of one site", func(m *archive.Manuscript) { m.Source.Key = "example:2" }, archive.StatusNew},
		{"short, and under another title", func(m *archive.Manuscript) { *m = manuscript(1, 1); m.Source, m.Title = archive.Source{}, "Coffee" }, archive.StatusNew},
		{"with another text", func(m *archive.Manuscript) {
			m.Source, m.Chapters[0].Text = archive.Source{}, prose.Parse("<p>Something else.</p>")
		}, archive.StatusNew},
		{"with one chapter more", func(m *archive.Manuscript) {
			m.Source = archive.Source{}
			m.Chapters = append(m.Chapters, archive.Chapter{Text: prose.Parse("<p>More.</p>")})
		}, archive.StatusNew},
	} {
		t.Run(test.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				first := keep(t, s, long(manuscript(2, 1)), file("a", "a"))
				m := long(manuscript(2, 1))
				test.change(&m)
				r := keep(t, s, m, file("b", "b"))
				apart := test.want == archive.StatusNew || test.want == archive.StatusDuplicate
				if r.Status != test.want || (r.Work != first.Work) != apart {
					t.Errorf("got %+v, want %s", r, test.want)
				}
				if again := keep(t, s, m, file("b", "b")); again.Status != archive.StatusSame || again.Work != r.Work {
					t.Errorf("again: %+v, want the same as before", again)
				}
			})
		})
	}
}

// long gives a manuscript a text that no two works share by chance.
func long(m archive.Manuscript) archive.Manuscript {
	m.Chapters[0].Text = prose.Parse("<p>" + strings.Repeat("A cup of tea. ", 60) + "</p>")
	return m
}

// TestOneAddressForAll keeps works apart that their site gives one address, and
// updates one that it gives its own.
func TestOneAddressForAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := func(title, text string, day int) archive.Manuscript {
			m := manuscript(1, day)
			m.Title, m.Source = title, archive.ParseSource("http://www.example.org/archive.html")
			m.Chapters[0].Text = prose.Parse("<p>" + text + "</p>")
			return m
		}
		tea := keep(t, s, at("Tea", "A cup.", 1), file("a", "a"))
		coffee := keep(t, s, at("Coffee", "Beans.", 1), file("b", "b"))
		if tea.Status != archive.StatusNew || coffee.Status != archive.StatusNew || tea.Work == coffee.Work {
			t.Errorf("tea %+v, coffee %+v, want two works", tea, coffee)
		}
		if r := keep(t, s, at("Tea", "A cup, and another.", 2), file("c", "c")); r.Status != archive.StatusUpdated || r.Work != tea.Work {
			t.Errorf("more tea: %+v, want an update", r)
		}
	})
}
