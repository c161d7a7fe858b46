// Package peer is how bench/find speaks with the engines it compares: each in a
// process of its own, a line for a question and a line for an answer, so that
// they take turns and share nothing but the machine.
//
// Serve is the engine's end, Remote the other. Engines hold the works that
// everybody may see; ours is asked as a visitor.
package peer

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
	"time"

	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
)

// Groups is how many groups of facets there are: the kinds of tags, by
// archive.Kind less one, and behind them the languages.
const Groups = int(archive.Freeform) + 1

// Languages is the group of the languages.
const Languages = Groups - 1

// Doc is a work as the engines get it.
type Doc struct {
	ID                  int64
	Tags                []archive.TagID // canonical ones and metatags, ascending
	Language, Title     string
	Updated             int64 // seconds since 1970
	Words, Kudos, Hits  int64
	Complete, Crossover bool
	work                synthetic.Work
}

// Docs are all public works. The Doc is the same one each time.
func Docs(a *synthetic.Archive) iter.Seq[*Doc] {
	return func(yield func(*Doc) bool) {
		var d Doc
		w := &d.work
		for i := range a.Works {
			if a.Read(i, w); w.Visibility != archive.Public {
				continue
			}
			d.ID, d.Tags, d.Language = int64(w.ID), a.AppendFilters(d.Tags[:0], w.Tags), w.Language
			d.Title = a.Title(i)
			d.Updated, d.Words, d.Kudos, d.Hits = w.Updated.Unix(), int64(w.Words), int64(w.Kudos), int64(w.Hits)
			d.Complete, d.Crossover = w.Complete, w.Crossover
			if !yield(&d) {
				return
			}
		}
	}
}

// PerPage is how many works are on a page.
const PerPage = 20

// PerGroup is how many facets of a group are asked for.
const PerGroup = 10

// Answer is what a question found.
type Answer struct {
	Total  int
	Facets [Groups][]int // counts, the greatest first
	Took   time.Duration
}

// Loaded is what building an engine cost.
type Loaded struct {
	Name  string
	Works int
	Took  time.Duration
	Bytes int64 // on disk
}

// Engine is an engine under comparison.
type Engine interface {
	// Load builds it anew from an archive, in a folder that is empty.
	Load(a *synthetic.Archive, dir string) (Loaded, error)
	Ask(q *synthetic.Request) (Answer, error)
}

// Serve builds an engine and answers the questions of the process that started
// this one, until it asks no more.
func Serve(e Engine, a *synthetic.Archive, dir string) error {
	loaded, err := e.Load(a, dir)
	if err != nil {
		return err
	}
	fmt.Printf("%s|%d|%d|%d\n", loaded.Name, loaded.Works, loaded.Took.Nanoseconds(), loaded.Bytes)
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		q, err := ParseQuestion(strings.TrimSpace(line))
		if err != nil {
			return err
		}
		start := time.Now()
		answer, err := e.Ask(q)
		if err != nil {
			return fmt.Errorf("%s: %w", strings.TrimSpace(line), err)
		}
		answer.Took = time.Since(start)
		fmt.Println(printAnswer(answer))
	}
}

func printAnswer(a Answer) string {
	var groups []string
	for _, counts := range a.Facets {
		groups = append(groups, joined(counts))
	}
	return fmt.Sprintf("%d|%d|%s", a.Total, a.Took.Nanoseconds(), strings.Join(groups, ";"))
}

func parseAnswer(line string) (a Answer, err error) {
	fields := strings.Split(line, "|")
	if len(fields) != 3 {
		return a, fmt.Errorf("the answer %.200q", line)
	}
	if a.Total, err = strconv.Atoi(fields[0]); err != nil {
		return a, err
	}
	nanos, err := strconv.ParseInt(fields[1], 10, 64)
	a.Took = time.Duration(nanos)
	for g, list := range strings.Split(fields[2], ";") {
		if g < Groups && err == nil {
			a.Facets[g], err = split(list)
		}
	}
	return a, err
}

func joined(list []int) string {
	var texts []string
	for _, n := range list {
		texts = append(texts, strconv.Itoa(n))
	}
	return strings.Join(texts, ",")
}

func split(text string) (list []int, err error) {
	for part := range strings.SplitSeq(text, ",") {
		if part == "" {
			continue
		}
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// PrintQuestion writes a question as engines read it, tags as "group:id". The
// fields are tags to include, of which
// one is enough, and to leave out; least and most words; the first moment and
// the one that is too late; complete and crossover; languages; order; page.
func PrintQuestion(a *synthetic.Archive, q *synthetic.Request) string {
	tags := func(list []archive.TagID) string {
		var texts []string
		for _, t := range list {
			texts = append(texts, fmt.Sprintf("%d:%d", a.Kind(t)-1, t))
		}
		return strings.Join(texts, ",")
	}
	moment := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.Unix()
	}
	return fmt.Sprintf("%s|%s|%s|%d|%d|%d|%d|%d|%d|%s|%d|%d", tags(q.Include), tags(q.Any), tags(q.Exclude), q.LeastWords, q.MostWords,
		moment(q.From), moment(q.Before), q.Complete, q.Crossover, strings.Join(q.Languages, ","), q.Order, q.Page)
}

// ParseQuestion reads what PrintQuestion writes.
func ParseQuestion(line string) (*synthetic.Request, error) {
	f := strings.Split(line, "|")
	if len(f) != 12 {
		return nil, fmt.Errorf("the question %.200q", line)
	}
	var q synthetic.Request
	var err error
	tags := func(text string) []archive.TagID {
		var list []archive.TagID
		for tag := range strings.SplitSeq(text, ",") {
			if _, id, ok := strings.Cut(tag, ":"); ok {
				n, e := strconv.Atoi(id)
				err = firstError(err, e)
				list = append(list, archive.TagID(n))
			}
		}
		return list
	}
	number := func(text string) int64 {
		n, e := strconv.ParseInt(text, 10, 64)
		err = firstError(err, e)
		return n
	}
	moment := func(text string) time.Time {
		if n := number(text); n != 0 {
			return time.Unix(n, 0).UTC()
		}
		return time.Time{}
	}
	q.Include, q.Any, q.Exclude = tags(f[0]), tags(f[1]), tags(f[2])
	q.LeastWords, q.MostWords = int(number(f[3])), int(number(f[4]))
	q.From, q.Before = moment(f[5]), moment(f[6])
	q.Complete, q.Crossover = synthetic.Choice(number(f[7])), synthetic.Choice(number(f[8]))
	if f[9] != "" {
		q.Languages = strings.Split(f[9], ",")
	}
	q.Order, q.Page = synthetic.Order(number(f[10])), int(number(f[11]))
	return &q, err
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
