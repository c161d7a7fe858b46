package rtf

import (
	"bytes"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/paper"
	"ficstead/internal/base/text"
)

// Kind is the name of the format.
const Kind = "rtf"

// Match reports whether a file is RTF.
func Match(data []byte) bool {
	data = bytes.TrimPrefix(data[:min(len(data), 100)], []byte("\xef\xbb\xbf"))
	return bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte(`{\rtf`))
}

// Read reads a document. Keep keeps a picture and says its address, "" if it
// cannot be kept. Encoding is that of the letters which are no ASCII.
func Read(data []byte, keep func([]byte) string) (archive.Manuscript, error) {
	m := archive.Manuscript{Kind: Kind}
	r := &reader{scanner: scanner{data: data}, keep: keep, fonts: map[int]*font{}, styles: map[int]*style{}, page: 1252, spoken: map[int]int{}}
	r.usual = usualIndent(data)
	r.state = state{out: &r.text, skip: 1, paragraph: paragraph{list: -1, style: -1}}
	r.run()
	m.Title = strings.Join(r.titles, " ")
	if said := line(r.title.String()); said != "" && !paper.IsUnnamed(said) {
		m.Proposals = append(m.Proposals, archive.Proposal{Field: "title", Value: said, Confidence: 0.9, Because: "The document's properties say so."})
	}
	for name := range strings.SplitSeq(r.author.String(), ";") {
		if name = line(name); !paper.IsNobody(name) {
			m.Creators = append(m.Creators, archive.Creator{Name: name})
		}
	}
	m.Chapters = []archive.Chapter{{Text: m.Prose(r.text.HTML())}}
	m.Language = r.language()
	if r.cut {
		m.Warnings = append(m.Warnings, "The document ends too early: what could be read of it is here, and the rest is missing.")
	}
	return m, nil
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// language is that of most letters, if nearly all are in one.
func (r *reader) language() string {
	count := map[string]int{}
	best, all := "", 0
	for lcid, n := range r.spoken {
		lang := languageOf(lcid)
		all += n
		if count[lang] += n; lang != "" && (count[lang] > count[best] || best == "") {
			best = lang
		}
	}
	if count[best]*10 < all*6 {
		return ""
	}
	return text.Language(best)
}

// usualIndent finds how far most paragraphs stand in.
func usualIndent(data []byte) int {
	s := scanner{data: data}
	count := map[int]int{}
	best, left := 0, 0
	for t := s.next(); t.kind != end; t = s.next() {
		if t.kind != word {
			continue
		}
		switch t.name {
		case "pard":
			left = 0
		case "li", "lin":
			left = t.n
		case "par":
			if count[left]++; count[left] > count[best] {
				best = left
			}
		}
	}
	return best
}
