package intake

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake/epubfile"
	"ficstead/internal/intake/fichub"
	"ficstead/internal/intake/htmlpage"
	"ficstead/internal/intake/record"
	"ficstead/internal/repair"
)

// finish does what is the same for all formats: it refuses what turned out to
// have no text, makes chapters of headings, has the text mended, and counts.
func finish(m archive.Manuscript, name, source string, choices archive.Choices) (archive.Manuscript, string, error) {
	if !record.IsKind(m.Kind) { // whose chapters are known, and told by their numbers elsewhere
		takeHeader(&m)
	}
	if m.Numbers != nil {
		m.Title, _, _ = htmlpage.Part(m.Title)
	} else if !record.IsKind(m.Kind) {
		split(&m, choices)
	}
	placeNotes(&m)
	if m.Numbers == nil {
		m.Chapters = slices.DeleteFunc(m.Chapters, isNothing)
	}
	switch {
	case len(m.Chapters) == 0:
		return archive.Manuscript{}, "", noText
	case len(m.Chapters) > bounds.Chapters:
		return archive.Manuscript{}, "", archive.Refusal(fmt.Sprintf("The file has more than %d chapters. Bring it in smaller parts.", bounds.Chapters))
	}
	m.Title = line(m.Title)
	for i := range m.Chapters {
		c := &m.Chapters[i]
		c.Number = i + 1
		c.Title = line(c.Title)
		if m.Kind == htmlpage.Kind || m.Kind == epubfile.Kind || m.Kind == fichub.Kind || isOffice(m.Kind) {
			c.Title = withoutNumber(c.Title, numberOf(m, i))
		}
	}
	tidyNames(&m)
	if known := archive.ParseSource(m.Source.URL); m.Source.Key == "" {
		m.Source.Key = known.Key
	}
	ownPicturesOnly(&m)
	m.Posted, m.Updated = plausible(m.Posted), plausible(m.Updated)
	repair.Manuscript(&m, source, choices)
	for i := range m.Chapters {
		m.Chapters[i].Words = m.Chapters[i].Text.Words()
	}
	proposeTitle(&m, name)
	return m, source, nil
}

// numberOf is the number that the source gives chapter i, which counts from 0.
func numberOf(m archive.Manuscript, i int) int {
	if i < len(m.Numbers) {
		return m.Numbers[i]
	}
	return i + 1
}

// isNothing reports whether a chapter has nothing to read.
func isNothing(c archive.Chapter) bool {
	return isBlank(c.Text) && c.Notes.IsEmpty() && c.EndNotes.IsEmpty() && c.Summary.IsEmpty()
}

// isBlank reports whether a text is empty but for breaks.
func isBlank(d prose.Doc) bool {
	return !slices.ContainsFunc(d.Blocks(), func(b prose.Block) bool {
		return b.Kind() != prose.Break && b.Kind() != prose.Empty
	})
}

// line makes one line of a title, of bounded length.
func line(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if letters := []rune(s); len(letters) > maxTitle {
		s = string(letters[:maxTitle-1]) + "…"
	}
	return s
}

// tidyNames takes out names that are empty or there twice.
func tidyNames(m *archive.Manuscript) {
	type name struct {
		kind archive.Kind
		name string
	}
	seen := map[name]bool{}
	m.Tags = slices.DeleteFunc(m.Tags, func(t archive.Tag) bool {
		key := name{t.Kind, line(t.Name)}
		twice := seen[key] || key.name == ""
		seen[key] = true
		return twice
	})
	for i := range m.Tags {
		m.Tags[i].Name = line(m.Tags[i].Name)
	}
	given := map[string]bool{"": true}
	m.Recipient = slices.DeleteFunc(m.Recipient, func(name string) bool {
		twice := given[line(name)]
		given[line(name)] = true
		return twice
	})
	by := map[string]bool{}
	m.Creators = slices.DeleteFunc(m.Creators, func(c archive.Creator) bool {
		twice := by[c.String()] || line(c.Name) == ""
		by[c.String()] = true
		return twice
	})
	for i := range m.Creators {
		m.Creators[i].Name = line(m.Creators[i].Name)
	}
}

// plausible drops the dates that programs write for "unknown".
func plausible(t time.Time) time.Time {
	if t.Year() < 1900 || t.Year() > 2200 {
		return time.Time{}
	}
	return t.UTC().Truncate(24 * time.Hour)
}

// proposeTitle proposes the name of the file for a work that says no title.
func proposeTitle(m *archive.Manuscript, name string) {
	said := slices.ContainsFunc(m.Proposals, func(p archive.Proposal) bool { return p.Field == "title" })
	if m.Title != "" || said {
		return
	}
	if title := titleOf(name); title != "" {
		m.Proposals = append(m.Proposals, archive.Proposal{
			Field: "title", Value: title, Confidence: 0.4,
			Because: "The file is called “" + path.Base(strings.ReplaceAll(name, `\`, "/")) + "”, and says no title itself.",
		})
	}
}

// titleOf makes a title of the name of a file.
func titleOf(name string) string {
	if _, member, ok := strings.Cut(name, "!"); ok {
		name = member
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	if !strings.Contains(name, " ") {
		name = strings.NewReplacer("_", " ", "-", " ", "+", " ").Replace(name)
	}
	return line(strings.Trim(name, " ."))
}
