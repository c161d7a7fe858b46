package efiction

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
)

// story is a row of stories with all rows that belong to it.
type story struct {
	sid      int
	row      row // of a zero table if only chapters are left of it
	lost     bool
	chapters []row // in order
	coauthor []int // in order, without the author
	reviews  []row
	parts    []place // in series
	liked    int     // how many have it among their favourites
}

// read understands the tables. Each step finds what the earlier ones left.
func (d *Dump) read(ts *tables, rules archive.TagRules) {
	d.siteOf(ts)
	d.tellFaults(ts)
	d.columnsOf()
	d.readPeople(ts)
	d.readStories()
	d.readChapters()
	d.readCoauthors()
	d.tags = newTagger(d, rules)
	d.readSeries()
	d.readReviews()
	d.readFavourites()
	d.readPages()
	d.findRoot()
	d.count()
}

// tellFaults makes findings of what the dump itself is like.
func (d *Dump) tellFaults(ts *tables) {
	for _, f := range ts.faults {
		level := "doubt"
		if f.Cut || strings.Contains(f.Text, "left out") {
			level, d.partial = "loss", true
		}
		where := fmt.Sprintf("line %d", f.Line)
		if f.Table != "" {
			where += ", " + f.Table
		}
		d.note(level, "dump", f.Text, where)
	}
	if more := ts.faulty - len(ts.faults); more > 0 {
		d.partial = true
		d.note("loss", "dump", fmt.Sprintf("%d more places of the dump could not be read.", more))
	}
	if ts.readErr != nil {
		d.partial = true
		d.note("loss", "dump", fmt.Sprintf("The dump could be read only so far (%v): whatever followed is missing.", ts.readErr))
	}
	var others []string
	for _, name := range slices.Sorted(maps.Keys(ts.others)) {
		short := strings.ToLower(name)
		if i := strings.LastIndex(short, "fanfiction_"); i >= 0 {
			short = short[i+len("fanfiction_"):]
		}
		if !slices.Contains(useless, short) {
			others = append(others, fmt.Sprintf("%s (%d rows)", name, ts.others[name]))
		}
	}
	if len(others) > 0 {
		d.note("note", "other tables", "The dump has tables that are none of eFiction's own, or of a module; they are not brought in.", others...)
	}
	d.partial = d.partial || d.tables["stories"] == nil || d.tables["inseries"] == nil
	for _, kind := range [...]string{"chapters", "authors", "categories", "characters", "reviews", "series"} {
		if d.tables[kind] == nil {
			d.partial = d.partial || kind != "reviews" && (kind != "authors" || len(ts.members) == 0)
			d.note("doubt", "tables", "The dump lacks a table that archives have; what it held is not brought in.", d.prefix+"fanfiction_"+kind)
		}
	}
}

// latest is when anything in the archive was last written.
func (d *Dump) latest() (latest time.Time) {
	for kind, columns := range map[string][]string{"stories": {"date", "updated"}, "reviews": {"date"}} {
		d.tables[kind].each(func(r row) {
			for _, name := range columns {
				if day := r.day(name); day.After(latest) {
					latest = day
				}
			}
		})
	}
	return latest
}

// columnsOf finds which columns have stray backslashes, and how each is encoded.
func (d *Dump) columnsOf() {
	d.slashed = slashes{}
	texts := map[string]string{
		"stories": "title summary storynotes", "chapters": "title notes storytext endnotes", "authors": "penname bio", "reviews": "review reviewer",
		"series": "title summary", "characters": "charname", "categories": "category", "classes": "class_name", "challenges": "title summary",
		"news": "title story", "messages": "message_title message_text", "comments": "comment", "favorites": "comments", "authorinfo": "info",
	}
	for kind, columns := range texts {
		maps.Copy(d.slashed, findSlashes(kind, d.tables[kind], strings.Fields(columns)...))
	}
	d.tellEncodings(texts)
	for _, column := range slices.Sorted(maps.Keys(d.slashed)) {
		d.note("note", "backslashes", "Backslashes before quotes, which PHP put there, were taken off.", column)
	}
}

func (d *Dump) readStories() {
	d.stories = map[int]*story{}
	d.tables["stories"].each(func(r row) {
		sid := r.num("sid")
		if sid <= 0 {
			d.note("loss", "stories", "A row of stories has no number; it was left out.", d.slashed.text("stories", r, "title"))
			return
		}
		if d.stories[sid] != nil {
			d.note("doubt", "stories", "A story is in the dump twice; the first was taken.", d.key("sid", sid))
			return
		}
		d.stories[sid] = &story{sid: sid, row: r}
	})
}

// readChapters gives each story its chapters, in order. Chapters whose story is
// gone make a story of their own, which nobody has approved.
func (d *Dump) readChapters() {
	seen := map[int]bool{}
	d.tables["chapters"].each(func(r row) {
		if id := r.num("chapid"); id > 0 && seen[id] {
			d.note("doubt", "chapters", "A chapter is in the dump twice; the first was taken.", fmt.Sprintf("chapter %d", id))
			return
		}
		seen[r.num("chapid")] = true
		sid := r.num("sid")
		s := d.stories[sid]
		if s == nil {
			s = &story{sid: sid, row: row{table: &table{}}, lost: true}
			d.stories[sid] = s
			d.note("doubt", "chapters", "Chapters of a story that is not in the dump were made a story that waits for approval.", d.key("sid", sid))
		}
		s.chapters = append(s.chapters, r)
	})
	d.order = slices.Sorted(maps.Keys(d.stories))
	for _, sid := range d.order {
		s := d.stories[sid]
		slices.SortStableFunc(s.chapters, func(a, b row) int {
			return cmp.Or(cmp.Compare(a.num("inorder"), b.num("inorder")), cmp.Compare(a.num("chapid"), b.num("chapid")))
		})
		for i, c := range s.chapters {
			if c.num("inorder") != i+1 {
				d.note("note", "order of chapters", "Chapters are numbered with gaps or twice; they were put in the order of their numbers, then of their age.", d.key("sid", sid))
				break
			}
		}
		if len(s.chapters) == 0 {
			d.note("loss", "missing text", "A story has no chapters in the dump.", d.key("sid", sid))
		}
	}
	d.approved = slices.ContainsFunc(d.order, func(sid int) bool {
		return slices.ContainsFunc(d.stories[sid].chapters, func(c row) bool { return flag(c, "validated") })
	})
}

// flag reads a column that says yes by any number above zero.
func flag(r row, name string) bool { return r.num(name) > 0 }

// readCoauthors joins what the two places say, which often differ.
func (d *Dump) readCoauthors() {
	byTable := map[int][]int{}
	d.tables["coauthors"].each(func(r row) {
		byTable[r.num("sid")] = append(byTable[r.num("sid")], r.num("uid"))
	})
	for sid, uids := range byTable {
		if d.stories[sid] == nil {
			d.note("note", "co-authors", "A co-author is told of a story that is not in the dump.", d.key("sid", sid))
		}
		slices.Sort(uids)
	}
	for _, sid := range d.order {
		s := d.stories[sid]
		word := s.row.word("coauthors")
		isFlag := d.tables["coauthors"] != nil && (word == "0" || word == "1") // from version 3.4 on
		listed := idsIn(word)
		if isFlag {
			listed = nil
		}
		author := s.row.num("uid")
		for _, uid := range append(slices.Clone(listed), byTable[sid]...) {
			if uid != author && uid > 0 && len(s.coauthor) < archive.MaxNames && !slices.Contains(s.coauthor, uid) {
				s.coauthor = append(s.coauthor, uid)
			}
		}
		switch {
		case isFlag && word == "1" && len(byTable[sid]) == 0:
			d.note("doubt", "co-authors", "A story says that it has co-authors, and the dump does not say whom.", d.key("sid", sid))
		case !isFlag && len(listed) > 0 && d.tables["coauthors"] != nil && !sameIDs(listed, byTable[sid]):
			d.note("note", "co-authors", "The two places that tell co-authors differ; all of them were taken.", d.key("sid", sid))
		}
	}
}

func sameIDs(a, b []int) bool {
	a = slices.Sorted(slices.Values(a))
	return slices.Equal(a, b)
}

// idsIn reads a list of numbers. Zero and what is no number stand for nothing.
func idsIn(list string) []int {
	const most = 5000 // columns have room for a hundred
	var ids []int
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '|' }) {
		var id int
		if _, err := fmt.Sscanf(word, "%d", &id); err == nil && id > 0 && len(ids) < most && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// count compares what the archive said of itself with what was found.
func (d *Dump) count() {
	d.found = map[string]int{
		"stories": 0, "chapters": 0, "series": len(d.series), "reviews": d.tables["reviews"].len(), "members": len(d.people),
		"favourites": d.tables["favorites"].len(), "pages": len(d.pages), "pending": 0,
	}
	authors := map[int]bool{}
	for _, sid := range d.order {
		s := d.stories[sid]
		d.found["stories"]++
		d.found["chapters"] += len(s.chapters)
		if !flag(s.row, "validated") {
			d.found["pending"]++
		}
		for _, uid := range append([]int{s.row.num("uid")}, s.coauthor...) {
			if uid > 0 {
				authors[uid] = true
			}
		}
	}
	d.found["authors"] = len(authors)
	for i := range d.people {
		d.people[i].Author = authors[numberOf(d.people[i].Key)]
	}
	d.claimed = map[string]int{}
	d.tables["stats"].each(func(r row) {
		if len(d.claimed) > 0 && r.word("sitekey") != d.siteKey {
			return
		}
		for _, what := range [...]string{"stories", "chapters", "series", "reviews", "wordcount", "authors", "members", "reviewers"} {
			if n := r.num(what); n > 0 {
				d.claimed[strings.Replace(what, "wordcount", "words", 1)] = n
			}
		}
	})
	for _, what := range slices.Sorted(maps.Keys(d.claimed)) {
		if n, ok := d.found[what]; ok && n != d.claimed[what] {
			d.note("note", "counts", "The archive counted otherwise than what is in the dump; it did not always count again.", fmt.Sprintf("%s: %d counted, %d in the dump", what, d.claimed[what], n))
		}
	}
}
