package efiction

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"ficstead/bench/oldarchive"
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// TestMadeArchives reads archives that were made up, in each dialect, schema and
// way of keeping texts, and compares all that comes out with what was put in.
func TestMadeArchives(t *testing.T) {
	for _, dialect := range oldarchive.Dialects {
		for _, variant := range oldarchive.Variants {
			for i, store := range oldarchive.Stores {
				charset := oldarchive.Charsets[(i+len(variant)+len(dialect))%len(oldarchive.Charsets)]
				compare(t, oldarchive.Options{Seed: 1, Stories: 60, Words: 60, Dialect: dialect, Variant: variant, Store: store, Charset: charset})
			}
		}
		for _, charset := range oldarchive.Charsets {
			compare(t, oldarchive.Options{Seed: 2, Stories: 60, Words: 60, Dialect: dialect, Variant: "D", Store: "mysql", Charset: charset, Prefix: "old_"})
		}
	}
	compare(t, oldarchive.Options{Seed: 3, Stories: 40, Words: 60, Dialect: "phpmyadmin", Bridged: true})
}

// compare makes an archive and reads it.
func compare(t *testing.T, o oldarchive.Options) {
	t.Helper()
	made := oldarchive.Make(o)
	name := fmt.Sprintf("%s %s %s %s", o.Dialect, o.Variant, o.Store, o.Charset)
	if !Match(made.Dump[:min(len(made.Dump), 1<<20)]) {
		t.Errorf("%s: not recognised", name)
	}
	d, err := Open(bytes.NewReader(made.Dump), folder(made.Files), Options{})
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	c := comparison{t: t, name: name, truth: made.Truth, host: "oldlamp.example/fic"}
	c.site(d.Rescued())
	c.stories(d)
	c.secrets(d)
}

type comparison struct {
	*testing.T
	t        *testing.T
	name     string
	truth    oldarchive.Truth
	host     string
	findings []archive.Finding
	wrong    int
}

// want complains of the first few differences.
func (c *comparison) want(what string, got, want any) {
	c.t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		if c.wrong++; c.wrong <= 5 {
			c.t.Errorf("%s: %s\n got %.400s\nwant %.400s", c.name, what, g, w)
		}
	}
}

func (c *comparison) site(r archive.Rescued) {
	c.want("name", r.Site.Name, c.truth.Name)
	c.want("address", r.Site.URL, c.truth.URL)
	c.want("claimed", r.Claimed, c.truth.Claimed)
	c.want("number of people", len(r.People), len(c.truth.People))
	for i, p := range c.truth.People {
		if i < len(r.People) {
			got := r.People[i]
			c.want("person", []any{got.Key, got.Name, got.Email, got.Author}, []any{fmt.Sprintf("efiction:%s:uid:%d", c.host, p.UID), p.Name, p.Email, p.Author})
			if p.UID != 3 { // who has a site besides
				c.want("bio", flat(got.Bio), p.Bio)
			}
		}
	}
	c.want("number of series", len(r.Series), len(c.truth.Series))
	for i, s := range c.truth.Series {
		if i >= len(r.Series) {
			break
		}
		got := r.Series[i]
		var parts []string
		for _, p := range got.Parts {
			mark := map[bool]string{false: "?"}[p.Confirmed]
			parts = append(parts, strings.NewReplacer("efiction:"+c.host+":sid:", "sid ", "efiction:"+c.host+":seriesid:", "series ").Replace(p.Story+p.Series)+mark)
		}
		c.want("series", []any{got.Title, got.Owner, got.Open, parts}, []any{s.Title, fmt.Sprintf("efiction:%s:uid:%d", c.host, s.Owner), s.Open, s.Parts})
		c.want("summary of a series", flat(got.Summary), "All of it, naïve.")
	}
	if len(r.Series) > 0 {
		c.want("reviews of series", len(r.Series[0].Reviews), 1)
	}
	c.want("favourites", len(r.Favourites), c.truth.Favourites)
	pages := map[string]string{}
	for _, p := range r.Pages {
		pages[p.Name] = p.Title
		if p.Text.IsEmpty() {
			c.want("page", p.Name, "with text")
		}
	}
	c.want("pages", pages, c.truth.Pages)
	c.findings = r.Findings
}

func (c *comparison) stories(d *Dump) {
	keys := d.Keys()
	c.want("number of stories", len(keys), len(c.truth.Stories))
	words := 0
	for _, want := range c.truth.Stories {
		key := fmt.Sprintf("efiction:%s:sid:%d", c.host, want.SID)
		s, err := d.Story(key)
		if err != nil {
			c.want("story", err, nil)
			continue
		}
		c.want("key", s.Manuscript.Source.Key, key)
		if want.SID < 900_000 {
			c.want("key of the address", archive.ParseSource(fmt.Sprintf("%s/viewstory.php?chapter=2&sid=%d", c.truth.URL, want.SID)).Key, key)
		}
		c.story(s, want)
		for _, chapter := range s.Manuscript.Chapters {
			words += chapter.Words
		}
		c.findings = archive.MergeFindings(c.findings, s.Findings...)
	}
	c.counts()
}

func (c *comparison) story(s archive.RescuedStory, want oldarchive.Story) {
	m := s.Manuscript
	var creators, tags, series []string
	for _, by := range m.Creators {
		creators = append(creators, by.Name)
	}
	for _, t := range m.Tags {
		tags = append(tags, t.Kind.String()+":"+t.Name)
	}
	for _, p := range m.Series {
		series = append(series, fmt.Sprintf("%s #%d", p.Series.Title, p.Number))
	}
	slices.Sort(tags)
	slices.Sort(series)
	slices.Sort(want.Series)
	c.want("title", m.Title, want.Title)
	c.want("creators of "+want.Title, creators, want.Creators)
	c.want("people", len(s.People), len(want.Creators))
	c.want("tags of "+want.Title, tags, want.Tags)
	c.want("series", series, want.Series)
	c.want("collections", m.Collections, want.Collections)
	c.want("summary", flat(m.Summary), want.Summary)
	c.want("notes", flat(m.Notes), want.Notes)
	c.want("dates of "+want.Title, []string{day(m.Posted), day(m.Updated)}, []string{want.Posted, want.Updated})
	c.want("state of "+want.Title, []any{m.Complete, s.Pending, s.Featured, m.WordsClaimed, m.Hits, m.Bookmarks}, []any{want.Complete, want.Pending, want.Featured, want.Words, want.Hits, want.Liked})
	c.want("pictures", len(m.Attachments), want.Pictures)
	c.want("number of chapters", len(m.Chapters), len(want.Chapters))
	for i, w := range want.Chapters {
		if i < len(m.Chapters) {
			c.chapter(m.Chapters[i], s.OldChapters[i], w)
		}
	}
	c.want("number of reviews", len(s.Reviews), len(want.Reviews))
	for i, w := range want.Reviews {
		if i < len(s.Reviews) {
			got := s.Reviews[i]
			person := ""
			if w.UID > 0 {
				person = fmt.Sprintf("efiction:%s:uid:%d", c.host, w.UID)
			}
			c.want("review", []any{got.Key, got.Chapter, got.Name, got.Person, flat(got.Text), flat(got.Answer), got.Rating},
				[]any{fmt.Sprintf("efiction:%s:reviewid:%d", c.host, w.ID), w.Chapter, w.Name, person, w.Text, w.Answer, w.Rating})
		}
	}
}

func (c *comparison) chapter(got archive.Chapter, old archive.OldChapter, want oldarchive.Chapter) {
	what := fmt.Sprintf("chapter %d ", want.ID)
	c.want(what+"head", []any{got.Title, flat(got.Notes), flat(got.EndNotes), old.Place, old.ID}, []any{want.Title, want.Notes, want.EndNotes, want.Place, want.ID})
	if want.By != "" {
		c.want(what+"by", flat(got.Summary), "By "+want.By+".")
	}
	text := strings.Join(want.Paragraphs, " ")
	c.want(what+"text", flat(got.Text), text)
	if want.ID%4 != 2 && len(want.Paragraphs) > 1 && len(got.Text.Images()) == 0 { // which has breaks
		c.want(what+"paragraphs", len(got.Text.Blocks()), len(want.Paragraphs))
	}
}

func flat(d prose.Doc) string { return strings.Join(strings.Fields(d.Text()), " ") }

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// counts compares how many findings of each sort there are.
func (c *comparison) counts() {
	got := map[string]int{}
	for _, f := range c.findings {
		got[f.Level+"/"+f.About] += f.Count
	}
	for _, about := range slices.Sorted(maps.Keys(c.truth.Findings)) {
		if n := c.truth.Findings[about]; got[about] < n {
			c.want("findings of "+about, got[about], n)
		}
	}
	for about, n := range got {
		if strings.HasPrefix(about, "loss/") && n != c.truth.Findings[about] {
			c.want("findings of "+about, n, c.truth.Findings[about])
		}
	}
	if got["loss/dump"] > 0 {
		c.want("faults of the dump", got["loss/dump"], 0)
	}
}

// secrets wants what must never leave a dump to be nowhere in what comes out.
func (c *comparison) secrets(d *Dump) {
	var all strings.Builder
	fmt.Fprintf(&all, "%+v %s", d.Rescued(), d.Tags().CSV())
	for s := range d.Stories {
		fmt.Fprintf(&all, "%+v %s", s.Reviews, s.Original)
	}
	for kind, table := range d.tables {
		for _, row := range table.rows {
			fmt.Fprintf(&all, "%s %s", kind, row)
		}
	}
	for _, secret := range c.truth.Secrets {
		if strings.Contains(all.String(), secret) {
			c.want("a secret", secret, "nowhere")
		}
	}
}
