package catalogue

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"unicode"

	"ficstead/internal/archive"
)

// workOf gives a manuscript the shape of a work of its keeper's.
func workOf(keeper archive.PersonID, m archive.Manuscript) (archive.Work, []archive.Chapter) {
	w := archive.Work{
		Keeper: keeper, Visibility: archive.Private,
		Title: m.Title, Creators: m.Creators, Recipient: m.Recipient, Collections: m.Collections, Language: m.Language, Tags: m.Tags, Series: m.Series,
		Summary: m.Summary, Notes: m.Notes, EndNotes: m.EndNotes,
		ChaptersPlanned: m.ChaptersPlanned, Complete: m.Complete, Posted: m.Posted, Updated: m.Updated, Source: m.Source,
		Kudos: m.Kudos, Hits: m.Hits, Comments: m.Comments, Bookmarks: m.Bookmarks,
	}
	w.Source.Key = shortKey(w.Source.Key)
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

// maxKey is how long the key of a source may be: a database must index it.
const maxKey = 1000

// shortKey is key, or where it is too long something shorter that is as good.
func shortKey(key string) string {
	if len(key) <= maxKey {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return "sum:" + hex.EncodeToString(sum[:])
}

// tidy trims names, leaves out those with nothing to see in them, and finds a
// title where there is none. It returns what people should know of that.
func tidy(w *archive.Work, file string) (warnings []string) {
	if w.Title = strings.TrimSpace(w.Title); !visible(w.Title) {
		w.Title = titleOf(file)
		warnings = append(warnings, "The file names no title, so the work is called after the file.")
	}
	leftOut := func(n int, what string) {
		if n > 0 {
			warnings = append(warnings, fmt.Sprintf("%s without a name: left out.", what))
		}
	}
	var n int
	w.Creators, n = named(w.Creators, func(c *archive.Creator) *string { return &c.Name })
	leftOut(n, "A creator")
	w.Tags, n = named(w.Tags, func(t *archive.Tag) *string { return &t.Name })
	leftOut(n, "A tag")
	w.Series, n = named(w.Series, func(p *archive.Part) *string { return &p.Series.Title })
	leftOut(n, "A series")
	w.Recipient, _ = named(w.Recipient, func(s *string) *string { return s })
	w.Collections, _ = named(w.Collections, func(s *string) *string { return s })
	return warnings
}

// named returns those things whose name can be seen, trimmed, and how many it
// left out.
func named[T any](things []T, name func(*T) *string) (kept []T, leftOut int) {
	for _, thing := range things {
		s := name(&thing)
		if *s = strings.TrimSpace(*s); visible(*s) {
			kept = append(kept, thing)
		}
	}
	return kept, len(things) - len(kept)
}

// visible reports whether there is anything to see in s.
func visible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

// titleOf makes a title of a file's name: "box.zip!old/my_story.txt" is "my story".
func titleOf(file string) string {
	name := file[strings.LastIndexAny(file, `!/\`)+1:]
	if ext := path.Ext(name); len(ext) <= 6 && !strings.Contains(ext, " ") {
		name = strings.TrimSuffix(name, ext)
	}
	name = strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "_", " ")), " ")
	if !visible(name) {
		return "Untitled"
	}
	return name
}
