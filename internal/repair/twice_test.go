package repair

import (
	"fmt"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// chapterOf makes a chapter whose words are its own.
func chapterOf(name string) archive.Chapter {
	var html strings.Builder
	for i := range 40 {
		fmt.Fprintf(&html, "<p>%s%d went to the %s%d and said nothing of what %s%d had told the others there.</p>", name, i, name, i*7, name, i*3)
	}
	return archive.Chapter{Text: prose.Parse(html.String())}
}

// TestDoubledChapter offers to drop a chapter that is there twice, drops it only
// where a person says so, and leaves chapters that are different alone.
func TestDoubledChapter(t *testing.T) {
	work := func() archive.Manuscript {
		return archive.Manuscript{Kind: "x", Chapters: []archive.Chapter{chapterOf("Ann"), chapterOf("Bob"), chapterOf("Ann"), chapterOf("Eve")}}
	}
	m := work()
	Manuscript(&m, "", nil)
	var offer archive.Mend
	for _, mend := range m.Mends {
		if mend.Rule == "doubled-chapter" {
			offer = mend
		}
	}
	if len(m.Chapters) != 4 || offer.Chapter != 3 || offer.Applied {
		t.Fatalf("%d chapters, %+v", len(m.Chapters), offer)
	}
	m = work()
	Manuscript(&m, "", archive.Choices{offer.ID(): true})
	if len(m.Chapters) != 3 || !strings.Contains(m.Chapters[2].Text.HTML(), "Eve1") || m.Chapters[2].Number != 3 {
		t.Errorf("%d chapters are left", len(m.Chapters))
	}
}

// TestPastedTwice does the same within a chapter.
func TestPastedTwice(t *testing.T) {
	once := chapterOf("Ann").Text
	twice := prose.New(append(append([]prose.Block{}, once.Blocks()...), once.Blocks()...))
	d, mends := Doc(twice, 1, nil)
	var offer archive.Mend
	for _, mend := range mends {
		if mend.Rule == "pasted-twice" {
			offer = mend
		}
	}
	if !d.Equal(twice) || offer.Rule == "" || offer.Applied {
		t.Fatalf("%+v", mends)
	}
	if d, _ := Doc(twice, 1, archive.Choices{offer.ID(): true}); !d.Equal(once) {
		t.Errorf("accepted, it gives %d blocks of %d", len(d.Blocks()), len(once.Blocks()))
	}
}
