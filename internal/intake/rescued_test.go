package intake

import (
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// TestMendStory wants a story mended, and its reviews and old chapters with the
// chapters they were of where one turned out to hold nothing.
func TestMendStory(t *testing.T) {
	s, err := MendStory(archive.RescuedStory{
		Key: "efiction:tea.example:sid:1",
		Manuscript: archive.Manuscript{Kind: "efiction", Title: " Tea ", Chapters: []archive.Chapter{
			{Title: "One", Text: prose.Parse("<p>The [i]first[/i] cup.</p>")}, {Title: "Lost"}, {Title: "Three", Text: prose.Parse("<p>The third cup.</p>")},
		}},
		OldChapters: []archive.OldChapter{{Place: 1, ID: 11}, {Place: 2, ID: 12}, {Place: 3, ID: 13}},
		Reviews:     []archive.Review{{Chapter: 3}, {Chapter: 2}, {}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := s.Manuscript
	if m.Title != "Tea" || len(m.Chapters) != 2 || m.Chapters[0].Text.HTML() != "<p>The <em>first</em> cup.</p>" || len(m.Mends) != 1 {
		t.Errorf("mended: %q, %d chapters, %+v", m.Title, len(m.Chapters), m.Mends)
	}
	if want := []archive.OldChapter{{Place: 1, ID: 11}, {Place: 3, ID: 13}}; !reflect.DeepEqual(s.OldChapters, want) {
		t.Errorf("old chapters %v, want %v", s.OldChapters, want)
	}
	if want := []archive.Review{{Chapter: 2}, {}, {}}; !reflect.DeepEqual(s.Reviews, want) {
		t.Errorf("reviews %v, want %v", s.Reviews, want)
	}
	if s, err := MendStory(archive.RescuedStory{Manuscript: archive.Manuscript{Title: "Tea", Chapters: []archive.Chapter{{Title: "Lost"}}}}, nil); err == nil {
		t.Errorf("a story without text is %+v", s.Manuscript)
	}
}
