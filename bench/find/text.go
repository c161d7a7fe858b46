package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
)

// library is works with long texts in a store: each work is one chapter, so that
// engines that know works only answer the same.
type library struct {
	a     *synthetic.Archive
	s     *store.Store
	dir   string
	works int
	bytes int // of text, without markup
}

// chapterBytes is how long the text of a work is.
func chapterBytes(i int) int { return 3000 + i*7919%18_000 }

// newLibrary fills a store with texts of so many bytes.
func newLibrary(dir string, seed uint64, bytes int) (*library, error) {
	l := &library{dir: dir}
	for l.bytes < bytes {
		l.bytes += chapterBytes(l.works)
		l.works++
	}
	l.a, l.bytes = synthetic.New(seed, l.works), 0
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	ctx := context.Background()
	var err error
	if l.s, err = store.Open(ctx, filepath.Join(dir, "ficstead.db")); err != nil {
		return nil, err
	}
	const atOnce = 500
	for from := 0; from < l.works; from += atOnce {
		err := l.s.Write(ctx, func(tx *store.Tx) error {
			for i := from; i < min(from+atOnce, l.works); i++ {
				chapter := archive.Chapter{Text: prose.FromText(string(l.text(i)))}
				w := archive.Work{Keeper: archive.Owner, Visibility: archive.Public, Title: l.a.Title(i), Language: l.a.Work(i).Language}
				if err := tx.AddWork(&w, []archive.Chapter{chapter}, nil); err != nil {
					return err
				}
				if w.ID != archive.WorkID(i+1) {
					return fmt.Errorf("work %d has id %d", i, w.ID)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range l.works {
		l.bytes += len(l.text(i))
	}
	return l, nil
}

func (l *library) text(i int) []byte { return l.a.AppendChapter(nil, i, 1, chapterBytes(i)) }

// inquiry is a question inside the text: phrases that a work must hold, each.
type inquiry struct {
	kind    int
	phrases []fulltext.Phrase
}

var inquiryKinds = [...]string{"one word", "two words, anywhere", "phrase of two", "phrase of four", "beginning of a word"}

// inquiries are n questions of each kind with words of random works. A word that
// is in most works is asked for only within phrases.
func (l *library) inquiries(n int) []inquiry {
	r := rand.New(rand.NewPCG(l.a.Seed, 9))
	in := map[string]int{}
	sample := min(l.works, 300)
	for range sample {
		words := text.Terms(string(l.text(r.IntN(l.works))))
		slices.Sort(words)
		for _, w := range slices.Compact(words) {
			in[w]++
		}
	}
	rare := func(w string) bool { return len(w) >= 3 && in[w] < sample*4/10 }
	exact := func(words ...string) fulltext.Phrase {
		return fulltext.Phrase{Text: strings.Join(words, " "), Exact: true}
	}
	var list []inquiry
	count := [len(inquiryKinds)]int{}
	for kind := 0; kind < len(inquiryKinds); {
		i := r.IntN(l.works)
		if l.a.Work(i).Language != "en" {
			continue
		}
		paragraphs := strings.Split(string(l.text(i)), "\n\n")
		w := plainWords(paragraphs[r.IntN(len(paragraphs))])
		if len(w) < 12 {
			continue
		}
		at := r.IntN(len(w) - 10)
		var q inquiry
		switch q.kind = kind; kind {
		case 0:
			q.phrases = []fulltext.Phrase{exact(w[at])}
		case 1:
			q.phrases = []fulltext.Phrase{exact(w[at]), exact(w[at+9])}
		case 2:
			q.phrases = []fulltext.Phrase{exact(w[at : at+2]...)}
		case 3:
			q.phrases = []fulltext.Phrase{exact(w[at : at+4]...)}
		case 4:
			if len(w[at]) < 6 {
				continue
			}
			q.phrases = []fulltext.Phrase{{Text: w[at][:4], Exact: true, Prefix: true}}
		}
		if (kind < 2 || kind == 4) && !rare(w[at]) || kind == 1 && (!rare(w[at+9]) || w[at] == w[at+9]) {
			continue
		}
		list = append(list, q)
		if count[kind]++; count[kind] == n {
			kind++
		}
	}
	return list
}

// plainWords are the words of a paragraph that every engine cuts alike; the
// list ends before the first that is not.
func plainWords(paragraph string) []string {
	var words []string
	for _, w := range strings.Fields(strings.ToLower(paragraph)) {
		w = strings.Trim(w, ".,;:?!“”")
		if strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) || w == "" {
			break
		}
		words = append(words, w)
	}
	return words
}

// asksInside is an engine that finds works by their text.
type asksInside interface {
	holding(q *inquiry) (works int, err error)
}

// within is ours.
type within struct{ inside }

type inside interface {
	Holding(context.Context, fulltext.Phrase) ([]archive.WorkID, error)
	Passages(ctx context.Context, work archive.WorkID, phrases []fulltext.Phrase, most int) ([]fulltext.Passage, int, error)
}

// holding finds the works and throws them away.
func (w within) holding(q *inquiry) (int, error) {
	var all []archive.WorkID
	for i, p := range q.phrases {
		works, err := w.Holding(context.Background(), p)
		if err != nil {
			return 0, err
		}
		if i == 0 {
			all = works
			continue
		}
		all = slices.DeleteFunc(slices.Clone(all), func(id archive.WorkID) bool {
			_, ok := slices.BinarySearch(works, id)
			return !ok
		})
	}
	return len(all), nil
}

// vectors is PostgreSQL with its own full text.
type vectors struct{ *cluster }

func (l *library) loadVectors(c *cluster) (v vectors, took time.Duration, size int64, err error) {
	v = vectors{c}
	start := time.Now()
	if err = c.all("create unlogged table docs(id int, body text, words tsvector generated always as (to_tsvector('simple', body)) stored)"); err != nil {
		return v, 0, 0, err
	}
	i := -1
	_, err = c.CopyFrom(context.Background(), pgx.Identifier{"docs"}, []string{"id", "body"}, pgx.CopyFromFunc(func() ([]any, error) {
		if i++; i >= l.works {
			return nil, nil
		}
		return []any{int32(i + 1), string(l.text(i))}, nil
	}))
	if err == nil {
		err = c.all("create index docs_words on docs using gin(words)", "vacuum analyze docs")
	}
	took = time.Since(start)
	if err == nil {
		err = c.QueryRow(context.Background(), "select pg_relation_size('docs_words') + sum(pg_column_size(words)) from docs").Scan(&size)
	}
	return v, took, size, err
}

func (v vectors) holding(q *inquiry) (works int, err error) {
	var conditions []string
	var args []any
	for i, p := range q.phrases {
		f := fmt.Sprintf("phraseto_tsquery('simple', $%d)", i+1)
		if p.Prefix {
			f = fmt.Sprintf("to_tsquery('simple', $%d)", i+1)
			p.Text += ":*"
		}
		conditions, args = append(conditions, "words @@ "+f), append(args, p.Text)
	}
	rows, err := v.Query(context.Background(), "select id from docs where "+strings.Join(conditions, " and "), args...)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		works++
	}
	return works, rows.Err()
}

// measureText measures looking inside the text: ours on much, and on less
// against PostgreSQL.
func (o *options) measureText(b *board) error {
	var out strings.Builder
	if err := o.textAlone(b, &out); err != nil {
		return err
	}
	if strings.Contains(o.peers, "postgres") {
		if err := o.textAgainst(&out); err != nil {
			return err
		}
	}
	b.section("Inside the text", out.String())
	return nil
}

const megabyte = 1_000_000

func (o *options) textAlone(b *board, out *strings.Builder) error {
	progress(fmt.Sprintf("text of %d MB", o.text))
	l, err := newLibrary(filepath.Join(o.dir, "text"), o.seed, o.text*megabyte)
	if err != nil {
		return err
	}
	defer l.close()
	ours, took, size, err := l.indexed()
	if err != nil {
		return err
	}
	defer ours.Close()
	speed, share := float64(l.bytes)/megabyte/took.Seconds(), float64(size)/float64(l.bytes)
	b.reach(textGoal, fmt.Sprintf("%.1f, %.2f", speed, share), speed >= 40 && share <= .4)
	fmt.Fprintf(out, "%s chapters, %d MB of text. Ours reads them from the store, unpacks and parses them; the clock runs until all can be found.\n\n",
		number(l.works), l.bytes/megabyte)
	fmt.Fprintf(out, "| | index, MB/s | size by text |\n|---|---|---|\n| Ficstead | %.1f | %.2f |\n", speed, share)
	list := l.inquiries(o.inquiries)
	in := within{ours}
	found, asked, err := askInside(in, list)
	if err != nil {
		return err
	}
	var shown [len(inquiryKinds)][]time.Duration
	for i := range list {
		q := &list[i]
		start := time.Now()
		if err := in.show(q); err != nil {
			return err
		}
		shown[q.kind] = append(shown[q.kind], time.Since(start))
	}
	fmt.Fprintf(out, "\n| Ficstead, ms | works found, median | p50 | p95 | max | with passages of 20 works: p50 | p95 |\n|---|---|---|---|---|---|---|\n")
	slowest := time.Duration(0)
	for kind, name := range inquiryKinds {
		slowest = max(slowest, quantile(asked[kind], .95))
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s | %s |\n", name, number(medianOf(found[kind])), ms(quantile(asked[kind], .5)), ms(quantile(asked[kind], .95)), ms(slices.Max(asked[kind])),
			ms(quantile(shown[kind], .5)), ms(quantile(shown[kind], .95)))
	}
	if o.text >= 1000 {
		b.reach(textAskGoal, ms(slowest), slowest < 15*time.Millisecond)
	}
	return nil
}

// show finds works and the passages of a page of them.
func (w within) show(q *inquiry) error {
	ctx := context.Background()
	works, err := w.Holding(ctx, q.phrases[0])
	if err != nil {
		return err
	}
	for _, id := range works[:min(len(works), 20)] {
		if _, _, err := w.Passages(ctx, id, q.phrases, 3); err != nil {
			return err
		}
	}
	return nil
}

// askInside asks everything twice, and keeps the times of the second round.
func askInside(e asksInside, list []inquiry) (found [len(inquiryKinds)][]int, took [len(inquiryKinds)][]time.Duration, err error) {
	for round := range 2 {
		for i := range list {
			q := &list[i]
			start := time.Now()
			n, err := e.holding(q)
			if err != nil {
				return found, took, fmt.Errorf("%+v: %w", *q, err)
			}
			if round == 1 {
				found[q.kind], took[q.kind] = append(found[q.kind], n), append(took[q.kind], time.Since(start))
			}
		}
	}
	return found, took, nil
}

func medianOf(list []int) int {
	if len(list) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(list))[len(list)/2]
}

// textAgainst asks ours and PostgreSQL the same, in turn.
func (o *options) textAgainst(out *strings.Builder) error {
	progress(fmt.Sprintf("text of %d MB, against PostgreSQL", o.less))
	c, err := startCluster(o.dir, o.memory)
	if err == noPostgres {
		fmt.Fprintf(out, "\nNot compared: %v.\n", err)
		return nil
	}
	if err != nil {
		return err
	}
	defer c.stop()
	l, err := newLibrary(filepath.Join(o.dir, "less"), o.seed, o.less*megabyte)
	if err != nil {
		return err
	}
	defer l.close()
	ours, took, size, err := l.indexed()
	if err != nil {
		return err
	}
	defer ours.Close()
	theirs, theirTook, theirSize, err := l.loadVectors(c)
	if err != nil {
		return err
	}
	engines := [2]asksInside{within{ours}, theirs}
	var times [2][len(inquiryKinds)][]time.Duration
	same, all := 0, 0
	for _, q := range l.inquiries(o.inquiries) {
		var found [2]int
		for k, e := range engines {
			var took time.Duration
			for range 2 { // the second time counts
				start := time.Now()
				if found[k], err = e.holding(&q); err != nil {
					return err
				}
				took = time.Since(start)
			}
			times[k][q.kind] = append(times[k][q.kind], took)
		}
		if all++; found[0] == found[1] {
			same++
		}
	}
	speed := func(d time.Duration) float64 { return float64(l.bytes) / megabyte / d.Seconds() }
	fmt.Fprintf(out, "\nThe same %d MB in ours and in PostgreSQL's `tsvector` with GIN (%s); the same questions in turn, all works found are read. %d of %d answers have as many works in both: they cut words at hyphens and accents each in its own way.\n\n",
		l.bytes/megabyte, c.version(), same, all)
	fmt.Fprintf(out, "| | index, MB/s | size by text |")
	for _, name := range inquiryKinds {
		fmt.Fprintf(out, " %s, p50 / p95 |", name)
	}
	fmt.Fprintf(out, "\n|---|---|---|---|---|---|---|---|\n")
	for k, name := range []string{"Ficstead", "PostgreSQL"} {
		d, n := took, size
		if k == 1 {
			d, n = theirTook, theirSize
		}
		fmt.Fprintf(out, "| %s | %.1f | %.2f |", name, speed(d), float64(n)/float64(l.bytes))
		for kind := range inquiryKinds {
			fmt.Fprintf(out, " %s / %s |", ms(quantile(times[k][kind], .5)), ms(quantile(times[k][kind], .95)))
		}
		fmt.Fprintln(out)
	}
	return nil
}

func (l *library) close() {
	l.s.Close()
	os.RemoveAll(l.dir)
}
