package rescue

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
)

// Report is what became of an archive, for the person who keeps it: report.json,
// and stored with the archive. It holds nobody's e-mail address.
type Report struct {
	Rescue  int64  `json:"rescue"` // public id; 0 after a dry run
	Key     string `json:"key"`
	Kind    string `json:"kind"`
	Version string `json:"version"`
	Name    string `json:"name"`
	URL     string `json:"url"`
	DryRun  bool   `json:"dry_run"`

	Counts   []Count           `json:"counts"`
	Statuses Statuses          `json:"stories"`
	Refused  []Refused         `json:"refused"`
	Pending  []Listed          `json:"pending"`
	LeftOut  []Listed          `json:"left_out"` // on request
	Removed  []Listed          `json:"removed"`  // here, since they came
	Findings []archive.Finding `json:"findings"`
	Mends    []Mended          `json:"mends"`
	Tags     []Tag             `json:"tags"`
	Seconds  Seconds           `json:"seconds"`

	chapters, words, reviews int // of stories that are kept
	ofSeries                 int // reviews of series
	found                    struct{ chapters, words int }
}

// Count compares what an archive said of itself with what was read and is here.
// Claimed and Found are -1 where nothing says it.
type Count struct {
	What    string `json:"what"`
	Claimed int    `json:"claimed"`
	Found   int    `json:"found"`
	Kept    int    `json:"kept"`
}

// Statuses are how many stories became what.
type Statuses struct {
	New       int `json:"new"`
	Updated   int `json:"updated"`
	Same      int `json:"same"`
	Duplicate int `json:"duplicate"`
	Refused   int `json:"refused"`
	LeftOut   int `json:"left_out"`
	Removed   int `json:"removed"`
}

// Refused is a story that was not taken in.
type Refused struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Error string `json:"error"`
}

// Listed is a story by its title.
type Listed struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Work  int64  `json:"work"` // public id, 0 if it is not here
}

// Mended is how often a rule put something right, and an example.
type Mended struct {
	Rule    string `json:"rule"`
	Count   int    `json:"count"`
	Stories int    `json:"stories"`
	Key     string `json:"key"` // of the story that the example is from
	Before  string `json:"before"`
	After   string `json:"after"`
}

// Tag is what an entry of one of the archive's lists became.
type Tag struct {
	List string `json:"list"`
	ID   string `json:"id"`
	Old  string `json:"old"`
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// Seconds say where the time went. Reading and mending are summed over all cores.
type Seconds struct {
	Reading float64 `json:"reading"`
	Mending float64 `json:"mending"`
	Storing float64 `json:"storing"`
	All     float64 `json:"all"`
}

// maxReported is how many stories a report lists of one sort; the numbers count all.
const maxReported = 1000

func newReport(key string, a archive.Rescued, tags archive.TagRules, dry bool) Report {
	r := Report{Key: key, Kind: a.Kind, Version: a.Version, Name: a.Site.Name, URL: a.Site.URL, DryRun: dry}
	r.Findings = archive.MergeFindings(nil, a.Findings...)
	for _, t := range tags {
		r.Tags = append(r.Tags, Tag(t))
	}
	counted := func(what string, found int) {
		c := Count{What: what, Claimed: -1, Found: found}
		if n, ok := a.Claimed[what]; ok {
			c.Claimed = n
		}
		if n, ok := a.Found[what]; ok {
			c.Found = n
		}
		r.Counts = append(r.Counts, c)
	}
	authors := 0
	for _, p := range a.People {
		if p.Author {
			authors++
		}
	}
	counted("stories", -1)
	counted("chapters", -1)
	counted("words", -1)
	counted("reviews", -1)
	counted("authors", authors)
	counted("members", len(a.People))
	counted("series", len(a.Series))
	counted("favourites", len(a.Favourites))
	counted("pages", len(a.Pages))
	r.kept("authors", authors)
	r.kept("members", len(a.People))
	r.kept("series", len(a.Series))
	r.kept("favourites", len(a.Favourites))
	r.kept("pages", len(a.Pages))
	for _, s := range a.Series {
		r.ofSeries += len(s.Reviews)
	}
	return r
}

func (r *Report) kept(what string, n int) {
	for i := range r.Counts {
		if r.Counts[i].What == what {
			r.Counts[i].Kept = n
		}
	}
}

// add notes what became of one story.
func (r *Report) add(s read, receipt archive.Receipt) {
	r.Seconds.Reading += s.reading.Seconds()
	r.Seconds.Mending += s.mending.Seconds()
	r.Findings = archive.MergeFindings(r.Findings, s.story.Findings...)
	m := s.story.Manuscript
	chapters, words := 0, 0
	for _, c := range m.Chapters {
		words += c.Text.Words()
		if !c.Text.IsEmpty() || !c.Notes.IsEmpty() || !c.EndNotes.IsEmpty() || !c.Summary.IsEmpty() {
			chapters++
		}
	}
	r.found.chapters += chapters
	r.found.words += words
	listed := Listed{s.story.Key, m.Title, receipt.Work.Public()}
	switch {
	case s.state == left:
		r.Statuses.LeftOut++
		r.LeftOut = list(r.LeftOut, listed)
		if s.known.Work != 0 {
			r.doubt("left out", "Stories that are to be left out are here from an earlier import. Discard them on their pages.", s.story.Key)
		}
		return
	case s.state == removed:
		r.Statuses.Removed++
		r.Removed = list(r.Removed, listed)
		return
	case receipt.Status == archive.StatusRefused:
		r.Statuses.Refused++
		r.Findings = archive.MergeFindings(r.Findings, archive.Finding{
			Level: "loss", About: "refused stories", Text: "Stories could not be taken in; each says why below.", Where: []string{s.story.Key}, Count: 1,
		})
		if n := len(s.story.Reviews); n > 0 {
			r.Findings = archive.MergeFindings(r.Findings, archive.Finding{
				Level: "loss", About: "refused stories", Text: "Their reviews could not be taken in either.", Where: []string{s.story.Key}, Count: n,
			})
		}
		if len(r.Refused) < maxReported {
			r.Refused = append(r.Refused, Refused{s.story.Key, m.Title, receipt.Error})
		}
		return
	}
	*r.Statuses.of(receipt.Status)++
	if slices.Contains(receipt.Warnings, catalogue.Stays) {
		r.doubt("only added", "Stories that are here have more than this dump tells of them, and it has no newer text; they stay as they are, and reviews were added.", s.story.Key)
	}
	r.chapters += chapters
	r.words += words
	r.reviews += len(s.story.Reviews)
	if s.story.Pending {
		r.Pending = list(r.Pending, listed)
	}
	r.mended(s.story.Key, receipt.Mends)
}

// addsOnly says why what is here was only added to.
func (r *Report) addsOnly(partial, older bool) {
	switch {
	case partial:
		r.doubt("only added", "The dump is cut off or lacks tables, and the archive is here from before: nothing that is here was taken away or changed for less. Bring in a whole dump to have all as it was.", r.Key)
	case older:
		r.doubt("only added", "The dump is older than what is here of this archive: nothing that is here was taken away or changed for less.", r.Key)
	}
}

func (s *Statuses) of(status archive.Status) *int {
	switch status {
	case archive.StatusNew:
		return &s.New
	case archive.StatusUpdated:
		return &s.Updated
	case archive.StatusDuplicate:
		return &s.Duplicate
	}
	return &s.Same
}

func list(stories []Listed, s Listed) []Listed {
	if len(stories) >= maxReported {
		return stories
	}
	return append(stories, s)
}

func (r *Report) doubt(about, sentence string, where ...string) {
	r.Findings = archive.MergeFindings(r.Findings, archive.Finding{Level: "doubt", About: about, Text: sentence, Where: where, Count: len(where)})
}

// mended counts mends, and takes the first of each rule for an example.
func (r *Report) mended(key string, mends []archive.Mend) {
	for _, c := range archive.CountMends(mends) {
		i := slices.IndexFunc(r.Mends, func(m Mended) bool { return m.Rule == c.Rule })
		if i < 0 {
			i = len(r.Mends)
			first := mends[slices.IndexFunc(mends, func(m archive.Mend) bool { return m.Rule == c.Rule && m.Applied })]
			r.Mends = append(r.Mends, Mended{Rule: c.Rule, Key: key, Before: short(first.Before), After: short(first.After)})
		}
		r.Mends[i].Count += c.Count
		r.Mends[i].Stories++
	}
}

// short is enough of a text to see what is meant.
func short(s string) string {
	const enough = 160
	if runes := []rune(s); len(runes) > enough {
		return string(runes[:enough]) + "…"
	}
	return s
}

// finish makes the sums. Counts are those of the store; after a dry run there are none.
func (r *Report) finish(here store.RescueCounts) {
	s := r.Statuses
	stories := s.New + s.Updated + s.Same + s.Duplicate
	if !r.DryRun {
		stories, r.reviews = here.Works, here.Reviews
		r.kept("members", here.People)
		r.kept("series", here.Series)
		r.kept("favourites", here.Favourites)
		r.kept("pages", here.Pages)
	}
	r.kept("stories", stories)
	r.kept("chapters", r.chapters)
	r.kept("words", r.words)
	r.kept("reviews", r.reviews+r.ofSeries)
	for i := range r.Counts {
		c := &r.Counts[i]
		switch {
		case c.What == "words" && c.Found < 0:
			c.Found = r.found.words
		case c.What == "chapters" && c.Found < 0:
			c.Found = r.found.chapters
		case c.What == "stories" && c.Found < 0:
			c.Found = stories + s.Refused + s.LeftOut + s.Removed
		}
	}
	slices.SortStableFunc(r.Findings, func(a, b archive.Finding) int {
		return cmp.Or(levelOf(a)-levelOf(b), strings.Compare(a.About, b.About))
	})
	slices.SortStableFunc(r.Mends, func(a, b Mended) int { return b.Count - a.Count })
}

// levelOf puts what is lost first.
func levelOf(f archive.Finding) int {
	switch f.Level {
	case "loss":
		return 0
	case "doubt":
		return 1
	}
	return 2
}

// Losses are the findings of what is lost.
func (r Report) Losses() (losses []archive.Finding) {
	for _, f := range r.Findings {
		if f.Level == "loss" {
			losses = append(losses, f)
		}
	}
	return losses
}

// JSON is the report as programs read it. Lists are never null.
func (r Report) JSON() []byte {
	r.Refused, r.Pending, r.LeftOut, r.Removed = orEmpty(r.Refused), orEmpty(r.Pending), orEmpty(r.LeftOut), orEmpty(r.Removed)
	r.Findings, r.Mends, r.Tags = orEmpty(r.Findings), orEmpty(r.Mends), orEmpty(r.Tags)
	r.Findings = slices.Clone(r.Findings)
	for i := range r.Findings {
		r.Findings[i].Where = orEmpty(r.Findings[i].Where)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		panic(err) // of text and numbers
	}
	return b.Bytes()
}

// ParseReport reads what JSON prints.
func ParseReport(data []byte) (r Report, err error) {
	err = json.Unmarshal(data, &r)
	return r, err
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Summary is a few lines for the terminal: what became of the stories, the
// archive's own counts, and what is lost.
func (r Report) Summary() string {
	var b strings.Builder
	s := r.Statuses
	fmt.Fprintf(&b, "%d new, %d updated, %d same, %d duplicate, %d refused", s.New, s.Updated, s.Same, s.Duplicate, s.Refused)
	if s.LeftOut > 0 {
		fmt.Fprintf(&b, ", %d left out on request", s.LeftOut)
	}
	if s.Removed > 0 {
		fmt.Fprintf(&b, ", %d removed here before (--bring-back brings them in again)", s.Removed)
	}
	fmt.Fprintf(&b, "\n%-12s %12s %12s %12s\n", r.Name, "claimed", "found", "kept")
	for _, c := range r.Counts {
		fmt.Fprintf(&b, "  %-10s %12s %12s %12s\n", c.What, Number(c.Claimed), Number(c.Found), Number(c.Kept))
	}
	for _, f := range r.Losses() {
		fmt.Fprintf(&b, "lost: %s (%d)\n", f.Text, f.Count)
	}
	if len(r.Losses()) == 0 {
		b.WriteString("Nothing of what is in the dump is lost.\n")
	}
	fmt.Fprintf(&b, "%s: reading %s and mending %s of the cores, storing %s\n",
		seconds(r.Seconds.All), seconds(r.Seconds.Reading), seconds(r.Seconds.Mending), seconds(r.Seconds.Storing))
	return b.String()
}

func seconds(s float64) string {
	return time.Duration(s * float64(time.Second)).Round(10 * time.Millisecond).String()
}
