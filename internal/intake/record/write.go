package record

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// StoryOf puts a manuscript down as a record. What was found of it on the way
// (mends, proposals, warnings) is not a part of it.
func StoryOf(m archive.Manuscript) Story {
	s := Story{
		Key: m.Source.Key, URL: m.Source.URL, Title: m.Title, Recipients: m.Recipient, Language: m.Language, Collections: m.Collections,
		Summary: textOf(m.Summary), Notes: textOf(m.Notes), EndNotes: textOf(m.EndNotes), Planned: m.ChaptersPlanned, Complete: m.Complete,
		Posted: Day{m.Posted}, Updated: Day{m.Updated}, Words: m.WordsClaimed,
		Kudos: m.Kudos, Hits: m.Hits, Comments: m.Comments, Bookmarks: m.Bookmarks,
	}
	if IsKind(m.Kind) && m.Kind != Kind {
		s.Kind = m.Kind
	}
	for _, c := range m.Creators {
		s.Creators = append(s.Creators, Creator{Name: c.Name, Account: c.Account, URL: c.URL})
	}
	lists := s.byKind()
	for _, t := range m.Tags {
		if list := lists[t.Kind]; list != nil {
			*list = append(*list, t.Name)
		}
	}
	for _, p := range m.Series {
		s.Series = append(s.Series, Part{Title: p.Series.Title, URL: p.Series.URL, Number: p.Number})
	}
	for _, c := range m.Chapters {
		s.Chapters = append(s.Chapters, Chapter{Title: c.Title, Summary: textOf(c.Summary), Notes: textOf(c.Notes), Text: textOf(c.Text), EndNotes: textOf(c.EndNotes)})
	}
	for _, a := range m.Attachments {
		s.Pictures = append(s.Pictures, Picture{Address: "image:" + a.Sum, Data: a.Data})
	}
	return s
}

func textOf(d prose.Doc) Text { return Text{HTML: d.HTML()} }

// kinds are what records may say that they were made of.
var kinds = [...]string{Kind, "efiction", "automated-archive"}

// IsKind reports whether manuscripts of that kind come from records, whose
// chapters, notes and fields are known and need not be looked for.
func IsKind(kind string) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}
