package site

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"ficstead/torture/tale"
)

// A Finding is one promise that was broken.
type Finding struct {
	Kind string // Lost, Doubled or Unsound
	What string
}

// The kinds of findings.
const (
	Lost    = "lost"
	Doubled = "doubled"
	Unsound = "unsound"
)

func (f Finding) String() string { return f.Kind + ": " + f.What }

// Observe compares all that a server shows with what must be there, and tells the
// shelf how it is. Works that nobody touched since are looked into if thorough.
func Observe(ctx context.Context, a Archive, s *Server, shelf *tale.Shelf, thorough bool) (found []Finding) {
	o := &observer{server: s, shelf: shelf}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	if err := s.Drain(ctx); err != nil {
		return []Finding{{Unsound, err.Error()}}
	}
	listed, err := s.List("")
	if err != nil {
		return []Finding{{Unsound, err.Error()}}
	}
	o.tales(o.compareFind(ctx, a, listed), thorough)
	return o.found
}

type observer struct {
	server *Server
	shelf  *tale.Shelf
	found  []Finding
}

func (o *observer) tell(kind, format string, args ...any) {
	o.found = append(o.found, Finding{kind, fmt.Sprintf(format, args...)})
}

// compareFind wants the command line to find the works that the server lists, which
// follows what others write within a second or so. It returns the list as it is then.
func (o *observer) compareFind(ctx context.Context, a Archive, listed []Listed) []Listed {
	all, err := a.List()
	if err != nil {
		o.tell(Unsound, "%v", err)
		return listed
	}
	works := linesOf(all)
	for began := time.Now(); ; {
		if slices.Equal(works, linesOf(listed)) {
			return listed
		}
		if time.Since(began) > slow || ctx.Err() != nil {
			o.tell(Unsound, "find knows %d works and the server lists %d, also after %s:\n%v\n%v", len(works), len(listed), slow, works, linesOf(listed))
			return listed
		}
		time.Sleep(100 * time.Millisecond)
		if listed, err = o.server.List(""); err != nil {
			o.tell(Unsound, "%v", err)
			return nil
		}
	}
}

// slow is how far behind a server's index may be, on a machine that has much else
// to do.
const slow = 40 * time.Second

func lineOf(w Listed) string {
	var tags []string
	for _, t := range w.Tags {
		tags = append(tags, t.Name)
	}
	return fmt.Sprint(w.ID, w.Title, w.Chapters, w.Words, tags)
}

func linesOf(works []Listed) []string {
	var lines []string
	for _, w := range works {
		lines = append(lines, lineOf(w))
	}
	slices.Sort(lines)
	return lines
}

// tales compares each story with what may be there of it.
func (o *observer) tales(listed []Listed, thorough bool) {
	there := map[string][]Listed{}
	for _, w := range listed {
		name := tale.NameOf(w.Title)
		if name == "" {
			o.tell(Unsound, "work %d is called %q, which nobody brought in", w.ID, w.Title)
			continue
		}
		there[name] = append(there[name], w)
	}
	dirty := o.shelf.Dirty()
	for _, name := range o.shelf.Names() {
		works := there[name]
		delete(there, name)
		t := o.shelf.Tale(name)
		switch {
		case len(works) > 1:
			o.tell(Doubled, "%s is there %d times: %v", t.Name, len(works), works)
		case len(works) == 0:
			o.absent(t)
		case thorough || dirty[name] || !t.Sure():
			o.present(t, works[0])
		default:
			o.glance(t, works[0])
		}
	}
	for name := range there {
		o.tell(Unsound, "%s is there, which nobody brought in", name)
	}
	o.shelf.Settle()
}

func (o *observer) absent(t tale.Tale) {
	at := slices.IndexFunc(t.May, func(s tale.State) bool { return !s.Here() })
	if at < 0 {
		o.tell(Lost, "%s (work %d) is not there; it should be at %s%s", t.Name, t.ID, tale.Say(t.May), o.refusal(t.Name))
		return
	}
	o.shelf.Found(t.Name, at, 0)
}

// refusal is what an upload's receipt says of a story that was refused.
func (o *observer) refusal(name string) string {
	ids, _ := o.server.Uploads()
	for _, id := range ids {
		b, _ := o.server.Batch(id)
		for _, r := range b.Receipts {
			if strings.HasPrefix(r.Source, name) && r.Status == "refused" {
				return "; it was refused: " + r.Error
			}
		}
	}
	return ""
}

// glance compares only what the list shows.
func (o *observer) glance(t tale.Tale, w Listed) {
	s := t.May[0]
	if !s.Here() {
		o.tell(Unsound, "%s was removed and is there again as work %d", t.Name, w.ID)
		return
	}
	if want := tale.Chapters(t.Name, s.Now().Version); w.Chapters != want || w.ID != t.ID && t.ID != 0 {
		o.tell(Lost, "%s is work %d with %d chapters, and was work %d with %d", t.Name, w.ID, w.Chapters, t.ID, want)
	}
}

// present reads a work whole and looks which of its possible states it is in.
func (o *observer) present(t tale.Tale, listed Listed) {
	w, err := o.server.Work(listed.ID)
	if err != nil {
		o.tell(Unsound, "%s: %v", t.Name, err)
		return
	}
	if lineOf(w.Listed) != lineOf(listed) {
		o.tell(Unsound, "%s: the list says %s and the work %s", t.Name, lineOf(listed), lineOf(w.Listed))
	}
	var why []string
	for i, s := range t.May {
		odd := differs(t.Name, s, w)
		if odd == "" {
			// A work that was acknowledged keeps its address, unless it may be gone.
			if t.ID != 0 && t.ID != w.ID && t.May[0].Here() && !slices.ContainsFunc(t.May, func(s tale.State) bool { return !s.Here() }) {
				o.tell(Lost, "%s was work %d and is work %d", t.Name, t.ID, w.ID)
			}
			o.shelf.Found(t.Name, i, w.ID)
			o.original(t.Name, s, w)
			return
		}
		why = append(why, odd)
	}
	kind := Lost
	if len(t.May) > 1 || w.Revision > len(t.May[0].Revisions) {
		kind = Unsound // not as before, and not as asked: by half
	}
	o.tell(kind, "%s (work %d) should be at %s: %s", t.Name, w.ID, tale.Say(t.May), strings.Join(why, "; "))
}

// original compares a file with what was brought in, byte for byte.
func (o *observer) original(name string, s tale.State, w Work) {
	if len(s.Files) == 0 {
		return
	}
	v := s.Files[len(s.Files)-1]
	data, err := o.server.Original(w.ID, tale.Sum(name, v))
	if err != nil || !bytes.Equal(data, tale.Record(name, v)) {
		o.tell(Lost, "%s: the file of version %d is another: %v", name, v, err)
	}
}

// differs says what a work has otherwise than in a state, "" if nothing.
func differs(name string, s tale.State, w Work) string {
	if !s.Here() {
		return "it is there"
	}
	now := s.Now()
	want := tale.Chapters(name, now.Version)
	switch {
	case w.Revision != len(s.Revisions):
		return fmt.Sprintf("revision %d, not %d", w.Revision, len(s.Revisions))
	case w.Chapters != want || len(w.Texts) != want:
		return fmt.Sprintf("%d chapters listed and %d there, not %d", w.Chapters, len(w.Texts), want)
	case w.TextSearch == s.Out:
		return fmt.Sprintf("kept out of searches %v, not %v", !w.TextSearch, s.Out)
	case (w.Visibility == "public") != s.Open:
		return fmt.Sprintf("it is %s", w.Visibility)
	case !hasTag(w, tale.Round(now.Version)):
		return fmt.Sprintf("without the tag %q", tale.Round(now.Version))
	case !lists(w.Record, len(s.Revisions)):
		return fmt.Sprintf("its record lists revisions %v, not 1 to %d", w.Record, len(s.Revisions))
	}
	for i, text := range w.Texts {
		should := strings.Join(tale.Paragraphs(name, now.Version, i+1, now.Undone), " ")
		if got := strings.Join(strings.Fields(text), " "); got != should {
			return fmt.Sprintf("chapter %d is %.150q, not %.150q", i+1, got, should)
		}
	}
	var sums []string
	for _, v := range s.Files {
		sums = append(sums, tale.Sum(name, v))
	}
	for _, sum := range sums {
		if !slices.Contains(w.Originals, sum) {
			return "a file that was brought in is not there"
		}
	}
	if extra := len(w.Originals) - len(sums); !s.Rescued && extra != 0 || s.Rescued && extra != 1 {
		return fmt.Sprintf("%d files, of which %d were brought in", len(w.Originals), len(sums))
	}
	return ""
}

func hasTag(w Work, name string) bool {
	for _, t := range w.Tags {
		if t.Name == name {
			return true
		}
	}
	return false
}

// lists reports whether a record has each revision once.
func lists(record []int, last int) bool {
	if len(record) != last {
		return false
	}
	for i, n := range record {
		if n != last-i {
			return false
		}
	}
	return true
}

// List asks the command line for all works.
func (a Archive) List() (works []Listed, err error) {
	a.Under = nil
	said, err := a.Run("find", "--json", "--limit", "0")
	for line := range strings.Lines(said) {
		var w Listed
		if err := json.Unmarshal([]byte(line), &w); err != nil {
			return nil, fmt.Errorf("find says %q: %w", line, err)
		}
		works = append(works, w)
	}
	return works, err
}
