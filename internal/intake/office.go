package intake

import (
	"regexp"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/paper"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/zipfile"
	"ficstead/internal/intake/docx"
	"ficstead/internal/intake/fb2"
	"ficstead/internal/intake/kindle"
	"ficstead/internal/intake/odt"
	"ficstead/internal/intake/rtf"
)

const notText archive.Refusal = "This is an office document that is no text, such as a table or slides. Bring the document with the story."

// isOffice reports whether a format is one of documents, where headers may be
// paragraphs and chapters headings, as in pages.
func isOffice(kind string) bool {
	switch kind {
	case docx.Kind, odt.Kind, rtf.Kind, fb2.Kind, kindle.Kind:
		return true
	}
	return false
}

// readPacked reads a document that is a ZIP.
func readPacked(z *zipfile.Archive) (m archive.Manuscript, err error) {
	album := album{}
	switch {
	case docx.Match(z):
		m, err = docx.Read(z, album.add)
	case odt.Match(z):
		m, err = odt.Read(z, album.add)
	default:
		return m, sortZIP(z)
	}
	return handOver(m, &album, err)
}

// readBytes reads a document that says by its bytes what it is and how it is
// encoded. It is not ok if data is none.
func readBytes(name string, data []byte) (m archive.Manuscript, ok bool, err error) {
	album := album{}
	switch {
	case kindle.Match(data):
		m, err = readKindle(name, data)
		return m, true, err
	case odt.MatchFlat(data):
		m, err = odt.ReadFlat(data, album.add)
	case rtf.Match(data):
		m, err = rtf.Read(data, album.add)
	case fb2.Match(data):
		m, err = fb2.Read(data, album.add)
	default:
		return m, false, nil
	}
	m, err = handOver(m, &album, err)
	return m, true, err
}

// readKindle reads a Kindle book as the EPUB it could be.
func readKindle(name string, data []byte) (archive.Manuscript, error) {
	b, err := kindle.Book(data)
	if err != nil {
		return archive.Manuscript{}, err
	}
	m, err := readPages(b, name)
	if m.Kind = kindle.Kind; err == nil && m.Source.Site == archive.AO3 {
		m.Kind = "ao3-" + kindle.Kind
	}
	return m, err
}

func handOver(m archive.Manuscript, a *album, err error) (archive.Manuscript, error) {
	if err != nil {
		return m, err
	}
	a.hand(&m)
	if m.Kind != fb2.Kind { // which says all that it has to say
		settleTitle(&m)
	}
	return m, nil
}

// byline is a paragraph that says who wrote what stands below it.
var byline = regexp.MustCompile(`(?i)^(?:written |a story |a fan ?fiction )?by:?\s+(\S.{0,80})$`)

// settleTitle finds the title of a document: a title or a lone heading at its
// head is surer than its properties, which are often those of another one. A
// byline below it names the creator.
func settleTitle(m *archive.Manuscript) {
	blocks := m.Chapters[0].Text.Blocks()
	rest := blocks
	for len(rest) > 0 && rest[0].Kind() == prose.Empty {
		rest = rest[1:]
	}
	if namesChapter(m.Title) { // a style for titles is used for chapters
		rest = slices.Concat([]prose.Block{prose.NewHeading(1, prose.Run{Text: m.Title})}, rest)
		m.Title = ""
		m.Chapters[0].Text = prose.New(rest)
		blocks = rest
	}
	properties := ""
	m.Proposals = slices.DeleteFunc(m.Proposals, func(p archive.Proposal) bool {
		if p.Field == "title" {
			properties = p.Value
		}
		return p.Field == "title"
	})
	if m.Title == "" && len(rest) > 1 && isTitle(rest, properties) {
		m.Title = line(rest[0].Text())
		rest = rest[1:]
	}
	if m.Title == "" {
		m.Title = line(properties)
	}
	if len(rest) > 1 && rest[0].Kind() != prose.Heading || len(rest) > 2 {
		if said := byline.FindStringSubmatch(line(rest[0].Text())); said != nil && !strings.ContainsAny(said[1], ".!?") {
			m.Creators = []archive.Creator{{Name: said[1]}}
			rest = rest[1:]
		}
	}
	if len(rest) < len(blocks) {
		m.Chapters[0].Text = prose.New(rest)
	}
}

// isTitle reports whether the heading that blocks begin with is that of all of
// them: it says so as the properties do, no other has its level and it names no
// chapter, or another heading follows at once.
func isTitle(blocks []prose.Block, properties string) bool {
	first := blocks[0]
	said := line(first.Text())
	if first.Kind() != prose.Heading || said == "" || namesChapter(said) {
		return false
	}
	alone := !slices.ContainsFunc(blocks[1:], func(b prose.Block) bool {
		return b.Kind() == prose.Heading && b.Level() <= first.Level()
	})
	return alone || strings.EqualFold(said, properties) || blocks[1].Kind() == prose.Heading
}

// placeNotes moves the notes of a document to the end of the chapters that
// refer to them, and takes out the breaks that chapters begin or end with.
func placeNotes(m *archive.Manuscript) {
	if !isOffice(m.Kind) || len(m.Chapters) < 2 {
		return
	}
	last := &m.Chapters[len(m.Chapters)-1]
	blocks := last.Text.Blocks()
	from := len(blocks)
	home := make([]int, len(blocks)) // the chapter of each note
	for i := len(blocks) - 1; i >= 0; i-- {
		if name := noteName(blocks[i]); name != "" {
			from = i
			home[i] = referrer(m, name)
		}
	}
	for i := range m.Chapters {
		var notes []prose.Block
		at := i
		for j, b := range blocks[from:] {
			if noteName(b) != "" {
				at = home[from+j]
			}
			if at == i {
				notes = append(notes, b)
			}
		}
		c := &m.Chapters[i]
		own := c.Text.Blocks()
		if i == len(m.Chapters)-1 {
			own = blocks[:from]
		}
		own = trimBreaks(own)
		if len(notes) > 0 {
			own = slices.Concat(own, []prose.Block{prose.SceneBreak()}, notes)
		}
		if len(own) != len(c.Text.Blocks()) || len(notes) > 0 {
			c.Text = prose.New(own)
		}
	}
}

// noteName returns the name of the note that a block begins, or "".
func noteName(b prose.Block) string {
	if runs := b.Runs(); len(runs) > 0 && strings.HasPrefix(runs[0].Anchor, paper.NotePrefix) {
		return runs[0].Anchor
	}
	return ""
}

// referrer returns the chapter that refers to a note; the last if none does.
func referrer(m *archive.Manuscript, name string) int {
	for i, c := range m.Chapters {
		if strings.Contains(c.Text.HTML(), `href="#`+name+`"`) {
			return i
		}
	}
	return len(m.Chapters) - 1
}

func trimBreaks(blocks []prose.Block) []prose.Block {
	isBreak := func(b prose.Block) bool { return b.Kind() == prose.Break || b.Kind() == prose.Empty }
	for len(blocks) > 0 && isBreak(blocks[0]) {
		blocks = blocks[1:]
	}
	for len(blocks) > 0 && isBreak(blocks[len(blocks)-1]) {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}
