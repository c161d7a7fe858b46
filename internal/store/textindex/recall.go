package textindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
)

// How a line is looked for: all documents are weighed by which of its words and
// pairs of words they have; many of them by where its rarer words stand; of these
// the best by where all stand; and the texts of the best of these are read.
const (
	besideOf = 4 << 20 // bytes of places of words that are looked for beside each other, about
	many     = 3000    // documents that are looked at for the rarer words
	some     = 400     // and for all words
	telling  = 3       // rarer words at least
	mostSeen = 200_000 // places of rarer words, about
	placesOf = 6 << 20 // bytes of places that are read, about
	readMost = 80      // texts that are read
	readSize = 4 << 20 // bytes of them, about
	shownBy  = 10      // of those read, how many tell where the line stands
	halfWord = .6      // what another form of a word tells, of what the word would
	pairTell = .7      // what a pair of common words tells, of what so rare a word would
)

// Recall returns the chapters in which a line may stand that somebody recalls
// roughly, at most so many, the best first. The first of them tell the paragraph;
// those that follow, in which less of the line stands, have no more than their numbers.
func (x *Index) Recall(ctx context.Context, line string, most int) ([]fulltext.Recalled, error) {
	r := &recall{line: fulltext.NewLine(line)}
	if len(r.line.Words) == 0 {
		return nil, nil
	}
	err := x.ask(ctx, func(q *question) error { return r.weigh(q) })
	if err != nil {
		return nil, fmt.Errorf("recall: %w", err)
	}
	if err := x.dropBarred(ctx, r); err != nil {
		return nil, err
	}
	if err := r.read(ctx, x.store); err != nil {
		return nil, fmt.Errorf("recall: %w", err)
	}
	return r.list(min(most, len(r.chapters))), nil
}

// Places fills in the passages of chapters that were recalled by a line and have
// none yet. Which of them may no longer be searched keep none.
func (x *Index) Places(ctx context.Context, line string, recalled []fulltext.Recalled) error {
	r := &recall{line: fulltext.NewLine(line)}
	return x.store.Read(ctx, func(tx *store.Tx) error {
		for i := range recalled {
			if recalled[i].Paragraph > 0 {
				continue
			}
			c := candidate{doc: fulltext.Document{Work: recalled[i].Work, Chapter: recalled[i].Chapter}}
			if err := r.show(tx, &c); err != nil {
				return fmt.Errorf("recall: %w", err)
			}
			if c.recalled.Paragraph > 0 {
				recalled[i].Passage = c.recalled.Passage
			}
		}
		return ctx.Err()
	})
}

// recall is a line being looked for.
type recall struct {
	line     *fulltext.Line
	slots    map[string]int // of words in searches
	chapters []candidate    // the best first
}

// candidate is a chapter that may have the line.
type candidate struct {
	doc      fulltext.Document
	segment  *segment
	number   uint32
	all      float64 // by which words are in it
	score    float64 // as far as is known
	recalled fulltext.Recalled
	read     bool
}

// terms are the words of the line, each once, and the pairs among them.
func (r *recall) terms() (terms []fulltext.Term, pairs []string) {
	for i, word := range r.line.Words {
		t := fulltext.Term{Word: word, Forms: true}
		if !slices.Contains(terms, t) {
			terms = append(terms, t)
		}
		if i > 0 {
			pair := fulltext.Pair(r.line.Words[i-1], word)
			if pair != "" && !slices.Contains(pairs, pair) {
				pairs = append(pairs, pair)
			}
		}
	}
	return terms, pairs
}

// weigh finds the candidates.
func (r *recall) weigh(q *question) error {
	words, pairs := r.terms()
	terms := slices.Clone(words)
	for _, pair := range pairs {
		terms = append(terms, fulltext.Term{Word: pair})
	}
	lists, err := q.lists(terms, nil)
	if err != nil {
		return err
	}
	all, docs := 0, map[string]int{}
	for i, s := range q.view.segments {
		all += len(s.docs)
		for word, l := range lists[i].lists {
			docs[word] += l.Docs
		}
	}
	r.line.Weigh(all, func(word string) int { return docs[word] })
	r.slots = map[string]int{}
	for i, t := range terms {
		r.slots[t.Word] = i
	}
	searches, scores := make([]*fulltext.Search, len(q.view.segments)), make([][]float32, len(q.view.segments))
	for i, s := range q.view.segments {
		searches[i] = &fulltext.Search{Size: len(s.docs), English: s.english, Load: func(p []*fulltext.Piece) error { return q.load(s, p) }}
		weight := func(word string) float64 { return fulltext.Rarity(all, docs[word]) }
		var err error
		if scores[i], err = r.score(q, s, searches[i], lists[i], terms, len(words), weight); err != nil {
			return err
		}
	}
	if err := r.beside(q, searches, scores, all); err != nil {
		return err
	}
	for i, s := range q.view.segments {
		r.take(s, scores[i])
	}
	slices.SortFunc(words, func(a, b fulltext.Term) int { return docs[a.Word] - docs[b.Word] })
	r.best(many)
	if err := r.together(q, searches, words, mostSeen); err != nil {
		return err
	}
	r.best(some)
	if err := r.together(q, searches, words, math.MaxInt); err != nil {
		return err
	}
	r.best(some)
	return nil
}

// score weighs the documents of a segment by the words and pairs they have.
func (r *recall) score(q *question, s *segment, search *fulltext.Search, f found, terms []fulltext.Term, words int, weight func(string) float64) ([]float32, error) {
	search.Slots = make([][]fulltext.Form, len(terms))
	for i := range terms {
		for j, word := range f.forms[i] {
			if l, ok := f.lists[word]; ok {
				search.Slots[i] = append(search.Slots[i], fulltext.Form{List: l, English: j > 0})
			}
		}
	}
	if err := search.LoadHeads(); err != nil {
		return nil, err
	}
	scores, seen := make([]float32, len(s.docs)), make([]uint16, len(s.docs))
	for i, forms := range search.Slots {
		own := weight(terms[i].Word)
		for _, form := range forms {
			w := own
			switch {
			case i >= words:
				w *= pairTell
			case form.English:
				w *= halfWord
			}
			err := search.EachDocument(form, func(doc uint32) {
				if seen[doc] != uint16(i+1) {
					seen[doc] = uint16(i + 1)
					scores[doc] += float32(w)
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return scores, q.ctx.Err()
}

// beside weighs the documents by which words of the line stand beside each other
// in them, with another between them or not. Words that are too common for that
// are left out: pairs of such have lists of their own.
func (r *recall) beside(q *question, searches []*fulltext.Search, scores [][]float32, all int) error {
	seen, err := r.occurrences(q, searches)
	if err != nil {
		return err
	}
	for away := 1; away <= 2; away++ {
		for i := range r.line.Words[:max(len(r.line.Words)-away, 0)] {
			a, b := seen[r.line.Words[i]], seen[r.line.Words[i+away]]
			if a == nil || b == nil {
				continue
			}
			n, docs := 0, make([][]uint32, len(searches))
			for s := range searches {
				docs[s] = fulltext.Beside(a[s], b[s], uint32(away))
				n += len(docs[s])
			}
			weight := float32(fulltext.Rarity(all, n)) / float32(away)
			for s := range searches {
				for _, doc := range docs[s] {
					scores[s][doc] += weight
				}
			}
			if err := q.ctx.Err(); err != nil {
				return err
			}
		}
	}
	return nil
}

// occurrences reads all places of those words of the line that are not too common.
func (r *recall) occurrences(q *question, searches []*fulltext.Search) (map[string][]fulltext.Occurrences, error) {
	size := func(word string) (n int) {
		for i := range searches {
			n += searches[i].PlacesSize(r.slots[word])
		}
		return n
	}
	words := slices.Clone(r.line.Words)
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(size(a)-size(b), cmp.Compare(a, b)) })
	seen, left := map[string][]fulltext.Occurrences{}, besideOf
	for _, word := range slices.Compact(words) {
		if left -= size(word); left < 0 || size(word) > besideOf/4 {
			break
		}
		for i := range searches {
			o, err := searches[i].Occurrences(r.slots[word])
			if err != nil {
				return nil, err
			}
			seen[word] = append(seen[word], o)
		}
	}
	return seen, q.ctx.Err()
}

// take adds the best of a segment to the candidates.
func (r *recall) take(s *segment, scores []float32) {
	least := threshold(scores, s.dead, many)
	for doc, score := range scores {
		if score > 0 && score >= least && !s.dead.Has(uint32(doc)) {
			r.chapters = append(r.chapters, candidate{doc: s.docs[doc], segment: s, number: uint32(doc), all: float64(score), score: float64(score)})
		}
	}
}

// threshold is a score that not many more than n of scores reach.
func threshold(scores []float32, dead fulltext.Set, n int) float32 {
	top := float32(0)
	for _, score := range scores {
		top = max(top, score)
	}
	const steps = 1024
	var counts [steps + 1]int
	for doc, score := range scores {
		if score > 0 && !dead.Has(uint32(doc)) {
			counts[int(score/top*steps)]++
		}
	}
	sum := 0
	for step := steps; step > 0; step-- {
		if sum += counts[step]; sum >= n {
			return top * float32(step) / steps
		}
	}
	return 0
}

// best sorts the candidates, and leaves the n best.
func (r *recall) best(n int) {
	slices.SortFunc(r.chapters, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc.Work, b.doc.Work), cmp.Compare(a.doc.Chapter, b.doc.Chapter))
	})
	r.chapters = r.chapters[:min(n, len(r.chapters))]
}

// together weighs the candidates by which words stand together in them, the
// rarest first, until enough places were seen. The commonest words of a large
// archive have more places than can be read in time, and tell least.
func (r *recall) together(q *question, searches []*fulltext.Search, words []fulltext.Term, most int) error {
	within, of := map[*segment]fulltext.Set{}, map[*segment][]int32{}
	for i, c := range r.chapters {
		if within[c.segment] == nil {
			within[c.segment] = fulltext.NewSet(len(c.segment.docs))
			of[c.segment] = make([]int32, len(c.segment.docs))
		}
		within[c.segment].Add(c.number)
		of[c.segment][c.number] = int32(i)
	}
	matches, seen, left := make([][]fulltext.Match, len(r.chapters)), 0, placesOf
	for n, word := range words {
		for i, s := range q.view.segments {
			left -= searches[i].PlacesSize(r.slots[word.Word])
			if within[s] == nil || left < 0 {
				continue
			}
			err := searches[i].EachPlace(r.slots[word.Word], within[s], func(doc uint32, places []uint32) {
				seen += len(places)
				at := of[s][doc]
				for j := range r.line.Words {
					if r.line.Words[j] != word.Word {
						continue
					}
					for _, place := range places {
						matches[at] = append(matches[at], fulltext.Match{Place: place, Word: j})
					}
				}
			})
			if err != nil {
				return err
			}
		}
		if q.ctx.Err() != nil || left < 0 || n+1 >= telling && seen >= most {
			break
		}
	}
	for i := range r.chapters {
		r.chapters[i].score = r.chapters[i].all/4 + r.line.Together(matches[i])
	}
	return q.ctx.Err()
}

// dropBarred leaves out works that may not be searched.
func (x *Index) dropBarred(ctx context.Context, r *recall) error {
	var works []archive.WorkID
	for _, c := range r.chapters {
		works = append(works, c.doc.Work)
	}
	allowed, err := x.allowed(ctx, works)
	if err != nil {
		return err
	}
	may := map[archive.WorkID]bool{}
	for _, work := range allowed {
		may[work] = true
	}
	r.chapters = slices.DeleteFunc(r.chapters, func(c candidate) bool { return !may[c.doc.Work] })
	return nil
}

// read reads the texts of the best candidates, and finds the line in them.
func (r *recall) read(ctx context.Context, s *store.Store) error {
	n, size := 0, 0
	for n < len(r.chapters) && n < readMost && size < readSize {
		chunk := r.chapters[n:min(n+8, len(r.chapters))]
		err := s.Read(ctx, func(tx *store.Tx) error {
			for i := range chunk {
				read, err := r.align(tx, &chunk[i])
				size += read
				if err != nil {
					return err
				}
			}
			return ctx.Err()
		})
		if err != nil {
			return err
		}
		n += len(chunk)
	}
	slices.SortStableFunc(r.chapters[:n], func(a, b candidate) int { return cmp.Compare(b.recalled.Score, a.recalled.Score) })
	return s.Read(ctx, func(tx *store.Tx) error {
		for i := range r.chapters[:min(n, shownBy)] {
			if err := r.show(tx, &r.chapters[i]); err != nil || ctx.Err() != nil {
				return cmp.Or(err, ctx.Err())
			}
		}
		return nil
	})
}

// align finds the line in a candidate's text, and returns how long that is.
func (r *recall) align(tx *store.Tx, c *candidate) (size int, err error) {
	contents, err := tx.Contents([]store.Text{{Body: c.doc.Body}})
	if errors.Is(err, store.Damaged) {
		return 0, nil
	}
	content := contents[c.doc.Body]
	found := r.line.Align(content)
	c.read, c.recalled.Score = true, found.Score
	return len(content), err
}

// show makes the passage of a candidate.
func (r *recall) show(tx *store.Tx, c *candidate) error {
	w, err := tx.Work(c.doc.Work)
	if errors.Is(err, errs.NotFound) || err == nil && w.NoTextSearch {
		return nil
	}
	if err != nil {
		return err
	}
	chapter, err := tx.Chapter(c.doc.Work, c.doc.Chapter)
	if errors.Is(err, errs.NotFound) || errors.Is(err, store.Damaged) {
		return nil
	}
	if err != nil {
		return err
	}
	found := r.line.Align([]byte(chapter.Text.HTML()))
	n := 0
	for i, place := range chapter.Text.Places() {
		if place.Text == "" {
			continue
		}
		if n == found.Paragraph {
			c.recalled.Passage = placed(fulltext.Marked(place.Text, found.Words), w, chapter.Number, i+1, place.ID)
			break
		}
		n++
	}
	return nil
}

// list is the answer.
func (r *recall) list(n int) []fulltext.Recalled {
	list := make([]fulltext.Recalled, n)
	for i := range list {
		c := r.chapters[i]
		list[i] = c.recalled
		list[i].Work, list[i].Chapter = c.doc.Work, c.doc.Chapter
	}
	return list
}
