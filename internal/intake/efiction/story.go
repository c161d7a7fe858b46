package efiction

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/intake/record"
)

// rescue makes a story of its rows: first its record, and of that the manuscript.
func (d *Dump) rescue(s *story) archive.RescuedStory {
	w := writing{Dump: d, story: s}
	w.Key, w.Kind = d.key("sid", s.sid), Kind
	w.URL = d.address(fmt.Sprintf("viewstory.php?sid=%d", s.sid))
	w.about()
	w.creators()
	w.tagged()
	for _, p := range s.parts {
		is := d.series[p.series]
		w.Story.Series = append(w.Story.Series, record.Part{Title: is.Title, URL: d.address(fmt.Sprintf("viewseries.php?seriesid=%d", numberOf(is.Key))), Number: p.number})
	}
	shown := map[int]int{} // numbers of chapters, by theirs at the archive
	for i, c := range w.chapters() {
		if _, twice := shown[c.num("chapid")]; !twice {
			shown[c.num("chapid")] = i + 1
		}
	}
	r := w.Story.Rescued()
	w.look(r.Manuscript)
	for _, v := range s.reviews {
		r.Reviews = append(r.Reviews, d.review(v, shown))
	}
	r.Findings = w.found
	return r
}

// writing is a record being written of a story.
type writing struct {
	*Dump
	*story
	record.Story
	found    []archive.Finding
	pictures map[string]bool // addresses that were looked for
	size     int             // of pictures
}

// tell adds a finding about the story.
func (w *writing) tell(level, about, sentence, where string) {
	if where == "" {
		where = w.Key
	}
	w.found = archive.MergeFindings(w.found, finding(level, about, sentence, where))
}

// about reads what the row of a story says of it.
func (w *writing) about() {
	r := w.row
	w.Title = w.slashed.text("stories", r, "title")
	w.Summary, w.Notes = w.slashed.prose("stories", r, "summary"), w.slashed.prose("stories", r, "storynotes")
	w.Posted, w.Updated = record.Day{Time: r.day("date")}, record.Day{Time: r.day("updated")}
	if w.Updated.Before(w.Posted.Time) {
		if !w.Updated.IsZero() {
			w.tell("note", "dates", "A story was updated before it was posted; the later date was taken for both.", "")
		}
		w.Updated = w.Posted
	}
	w.Complete = flag(r, "completed")
	w.Words, w.Hits, w.Story.Bookmarks = r.num("wordcount"), r.num("count"), w.liked
	w.Story.Comments = r.num("reviews")
	w.Featured = r.num("featured") == 1 // 2 says that it was
	w.Pending = !flag(r, "validated")
	if w.lost && len(w.story.chapters) > 0 {
		w.Title = w.slashed.text("chapters", w.story.chapters[0], "title")
		w.Pending = true
	}
	if w.Title == "" {
		w.Title = "Untitled"
	}
}

// creators tells whose the story is, and of a round robin whose its chapters are.
func (w *writing) creators() {
	uids := append([]int{w.row.num("uid")}, w.coauthor...)
	for _, c := range w.story.chapters {
		uids = append(uids, c.num("uid"))
	}
	seen := map[int]bool{}
	for i, uid := range uids {
		twice := seen[uid] || len(w.Story.Creators) >= archive.MaxNames
		seen[uid] = true
		switch _, known := w.names[uid]; {
		case twice:
		case known, uid > 0 && i == 0:
			w.Story.Creators = append(w.Story.Creators, w.creator(uid))
			if !known {
				w.tell("doubt", "people", "A story's author is not among the members.", "")
			}
		case uid > 0 && i <= len(w.coauthor):
			w.tell("doubt", "co-authors", "A co-author is not among the members, and was left out.", "")
		}
	}
}

// chapters writes the chapters that were approved, and returns their rows. The
// others are kept in the record, aside.
func (w *writing) chapters() (shown []row) {
	waiting := 0
	for _, c := range w.story.chapters {
		if w.approved && !flag(c, "validated") {
			waiting++
		}
	}
	all := waiting == len(w.story.chapters)
	if all && waiting > 0 && !w.Pending {
		w.Pending = true
		w.tell("doubt", "pending", "None of a story's chapters was approved, so that it waits for approval.", "")
	}
	for _, c := range w.story.chapters {
		chapter := w.chapter(c)
		if w.approved && !all && !flag(c, "validated") && !w.Pending {
			w.Story.Waiting = append(w.Story.Waiting, chapter)
			w.tell("doubt", "pending", "A chapter of a public story was never approved; it is kept in the story's original, and not shown.", fmt.Sprintf("%s, chapter %d", w.Key, c.num("inorder")))
			continue
		}
		w.Story.Chapters = append(w.Story.Chapters, chapter)
		shown = append(shown, c)
	}
	if w.Complete {
		w.Planned = len(w.Story.Chapters)
	}
	w.holdPlaces()
	return shown
}

// gone stands where a chapter was.
const gone = "<p>The text of this chapter was not in the archive that this work came from.</p>"

// holdPlaces has chapters without anything say so, so that those after them keep
// their numbers. A story that has no text at all stays as it is.
func (w *writing) holdPlaces() {
	some := slices.ContainsFunc(w.Story.Chapters, func(c record.Chapter) bool { return !c.Text.IsZero() })
	for i := range w.Story.Chapters {
		if c := &w.Story.Chapters[i]; some && c.Text.IsZero() && c.Notes.IsZero() && c.EndNotes.IsZero() {
			c.Notes = record.Text{HTML: gone}
		}
	}
}

func (w *writing) chapter(c row) record.Chapter {
	chapter := record.Chapter{
		Title: w.slashed.text("chapters", c, "title"), Notes: w.slashed.prose("chapters", c, "notes"), EndNotes: w.slashed.prose("chapters", c, "endnotes"),
		Place: c.num("inorder"), ID: c.num("chapid"), Text: w.textOf(c),
	}
	if uid := c.num("uid"); w.names[uid] != "" && uid != w.row.num("uid") && !slices.Contains(w.coauthor, uid) && !w.lost {
		chapter.Summary = record.Text{HTML: "<p>By " + html.EscapeString(w.names[uid]) + ".</p>"}
	}
	for _, t := range [...]record.Text{chapter.Notes, chapter.Text, chapter.EndNotes} {
		w.takePictures(t, c)
	}
	return chapter
}

var onlyLink = regexp.MustCompile(`^\S*https?://\S+$|^https?://`)

// look tells what is remarkable about the manuscript that came out.
func (w *writing) look(m archive.Manuscript) {
	for i, c := range m.Chapters {
		if strings.Contains(c.Text.HTML(), "\uFFFD") {
			w.tell("doubt", "encoding", "A text has characters that could not be read, shown as \uFFFD.", fmt.Sprintf("%s, chapter %d", w.Key, i+1))
		}
	}
	if len(m.Chapters) != 1 {
		return
	}
	text := m.Chapters[0].Text
	if linked := strings.Contains(text.HTML(), "<a href="); text.Words() > 0 && text.Words() < 40 && (linked || onlyLink.MatchString(strings.TrimSpace(text.Text()))) {
		w.tell("note", "bookmarks", "A story has hardly more than a link: it may stand elsewhere.", "")
	}
}
