package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/picture"
	"ficstead/internal/base/text"
)

// Manuscript reads the story in a record. Choices are what a person said of how
// its bytes were mended.
func (s Story) Manuscript(choices archive.Choices) archive.Manuscript {
	m := archive.Manuscript{
		Kind: s.Kind, Title: clean(s.Title), Recipient: cleaned(s.Recipients), Language: languageOf(s.Language), Collections: cleaned(s.Collections),
		ChaptersPlanned: max(0, s.Planned), Complete: s.Complete, Posted: s.Posted.Time, Updated: s.Updated.Time, WordsClaimed: max(0, s.Words),
		Kudos: max(0, s.Kudos), Hits: max(0, s.Hits), Comments: max(0, s.Comments), Bookmarks: max(0, s.Bookmarks),
		Source: archive.ParseSource(s.URL), Warnings: s.Warned,
	}
	if !IsKind(m.Kind) {
		m.Kind = Kind
	}
	if s.Key != "" {
		m.Source.Key = clean(s.Key)
	}
	for _, c := range s.Creators {
		m.Creators = append(m.Creators, archive.Creator{Name: clean(c.Name), Account: clean(c.Account), URL: clean(c.URL)})
	}
	lists := s.byKind()
	for _, kind := range archive.Kinds {
		for _, name := range cleaned(*lists[kind]) {
			m.Tags = append(m.Tags, archive.Tag{Kind: kind, Name: name})
		}
	}
	for _, p := range s.Series {
		m.Series = append(m.Series, archive.Part{Series: archive.Series{Title: clean(p.Title), URL: clean(p.URL)}, Number: max(0, p.Number)})
	}
	r := reading{Manuscript: &m, choices: choices}
	r.take(s.Pictures)
	m.Summary, m.Notes, m.EndNotes = r.prose(s.Summary, 0), r.prose(s.Notes, 0), r.prose(s.EndNotes, 0)
	chapters := s.Chapters
	if len(chapters) == 0 && !s.Text.IsZero() {
		chapters = []Chapter{{Text: s.Text}}
	}
	for i, c := range chapters {
		m.Chapters = append(m.Chapters, r.chapter(c, i+1))
	}
	return m
}

func (r *reading) chapter(c Chapter, number int) archive.Chapter {
	chapter := archive.Chapter{
		Number: number, Title: clean(c.Title), Summary: r.prose(c.Summary, number), Notes: r.prose(c.Notes, number),
		Text: r.prose(c.Text, number), EndNotes: r.prose(c.EndNotes, number),
	}
	chapter.Words = chapter.Text.Words()
	return chapter
}

// take keeps the pictures of a record that are pictures.
func (r *reading) take(pictures []Picture) {
	r.pictures = map[string]string{}
	refused, pixels := 0, 0
	kept := map[string]bool{}
	for _, p := range pictures {
		look, err := picture.Look(p.Data)
		if pixels += look.Pixels(); err != nil || pixels > bounds.FilePixels {
			refused++
			continue
		}
		drawn, err := picture.Redraw(p.Data)
		if err != nil {
			refused++
			continue
		}
		sum := sha256.Sum256(drawn.Data)
		name := hex.EncodeToString(sum[:])
		r.pictures[p.Address] = "image:" + name
		if !kept[name] {
			kept[name] = true
			r.Attachments = append(r.Attachments, archive.Attachment{Sum: name, MediaType: drawn.MediaType, Data: drawn.Data})
		}
	}
	if refused > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d of the files that the record calls pictures are none that can be shown; the original has them.", refused))
	}
}

// languageOf reads a name of a language, or takes what looks like a code.
func languageOf(s string) string {
	s = clean(strings.TrimSpace(s))
	if code := text.Language(s); code != "" {
		return code
	}
	if text.LanguageName(s) != "" {
		return s
	}
	return ""
}

func cleaned(names []string) []string {
	var all []string
	for _, name := range names {
		if name = strings.TrimSpace(clean(name)); name != "" {
			all = append(all, name)
		}
	}
	return all
}

// Rescued is the story as a part of a whole archive.
func (s Story) Rescued() archive.RescuedStory {
	r := archive.RescuedStory{Manuscript: s.Manuscript(nil), Pending: s.Pending, Featured: s.Featured, Original: s.Encode()}
	r.Key = r.Manuscript.Source.Key
	for _, c := range s.Creators {
		r.People = append(r.People, c.Key)
	}
	for _, c := range s.Chapters {
		r.OldChapters = append(r.OldChapters, archive.OldChapter{Place: c.Place, ID: c.ID})
	}
	return r
}

// MatchStory reports whether data is the JSON of one story, which says so.
func MatchStory(data []byte) bool {
	data = trimmed(data)
	if len(data) == 0 || data[0] != '{' || !bytes.Contains(data, []byte(`"`+StoryFormat+`"`)) {
		return false
	}
	var head struct {
		Format string `json:"format"`
	}
	return json.Unmarshal(data, &head) == nil && head.Format == StoryFormat
}

func trimmed(data []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
}

// ParseStory reads the JSON of one story. An error is a Refusal.
func ParseStory(data []byte) (Story, error) {
	var s Story
	if err := json.Unmarshal(trimmed(data), &s); err != nil {
		return Story{}, archive.Refusal(fmt.Sprintf("The JSON of the story cannot be read: %v. Its form is described in docs/formats/records.md.", err))
	}
	if s.Version > Version {
		return Story{}, archive.Refusal(fmt.Sprintf("The story is written in version %d of our form, and this program knows version %d. Use a newer program.", s.Version, Version))
	}
	return s, nil
}
