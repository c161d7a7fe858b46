package catalogue

import (
	"path"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// workOf gives a manuscript the shape of a work of its keeper's.
func workOf(keeper archive.PersonID, m archive.Manuscript) (archive.Work, []archive.Chapter) {
	w := archive.Work{
		Keeper: keeper, Visibility: archive.Private,
		Title: m.Title, Creators: m.Creators, Recipient: m.Recipient, Language: m.Language, Tags: m.Tags, Series: m.Series,
		Summary: m.Summary, Notes: m.Notes, EndNotes: m.EndNotes,
		ChaptersPlanned: m.ChaptersPlanned, Complete: m.Complete, Posted: m.Posted, Updated: m.Updated, Source: m.Source,
	}
	var chapters []archive.Chapter
	for i, c := range m.Chapters {
		c.Number, c.Words = i+1, c.Text.Words()
		c.Title = strings.TrimSpace(c.Title)
		chapters = append(chapters, c)
		w.Chapters = append(w.Chapters, archive.ChapterHead{Number: c.Number, Title: c.Title, Words: c.Words})
		w.Words += c.Words
	}
	return w, chapters
}

// tidy trims names, leaves out those with nothing to see in them, and finds a
// title where there is none. It returns what people should know of that.
func tidy(w *archive.Work, file string) (warnings []string) {
	warn := func(sentence string) {
		if len(warnings) == 0 || warnings[len(warnings)-1] != sentence {
			warnings = append(warnings, sentence)
		}
	}
	if w.Title = strings.TrimSpace(w.Title); text.Key(w.Title) == "" {
		w.Title = titleOf(file)
		warn("The file names no title, so the work is called after the file.")
	}
	var creators []archive.Creator
	for _, c := range w.Creators {
		c.Name, c.Account = strings.TrimSpace(c.Name), strings.TrimSpace(c.Account)
		if text.Key(c.Name) == "" {
			warn("A creator without a name was left out.")
			continue
		}
		creators = append(creators, c)
	}
	var tags []archive.Tag
	for _, t := range w.Tags {
		t.Name = strings.TrimSpace(t.Name)
		if text.Key(t.Name) == "" {
			warn("A tag without a name was left out.")
			continue
		}
		tags = append(tags, t)
	}
	var series []archive.Part
	for _, p := range w.Series {
		p.Series.Title = strings.TrimSpace(p.Series.Title)
		if text.Key(p.Series.Title) == "" {
			warn("A series without a title was left out.")
			continue
		}
		series = append(series, p)
	}
	w.Creators, w.Tags, w.Series = creators, tags, series
	return warnings
}

// titleOf makes a title of a file's name: "box.zip!old/my_story.txt" is "my story".
func titleOf(file string) string {
	name := file[strings.LastIndexAny(file, `!/\`)+1:]
	if ext := path.Ext(name); len(ext) <= 6 && !strings.Contains(ext, " ") {
		name = strings.TrimSuffix(name, ext)
	}
	name = strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "_", " ")), " ")
	if text.Key(name) == "" {
		return "Untitled"
	}
	return name
}
