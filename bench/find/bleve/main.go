// Command bleve is Bleve as a contender of bench/find. It is a module of its own,
// so that the program does not depend on it.
package main

import (
	"flag"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
)

func main() {
	log.SetFlags(0)
	works := flag.Int("works", 0, "how many works")
	seed := flag.Uint64("seed", 0, "their seed")
	dir := flag.String("dir", "", "an empty folder")
	flag.Parse()
	a := synthetic.New(*seed, *works)
	if err := peer.Serve(&engine{a: a}, a, *dir); err != nil {
		log.Fatal(err)
	}
}

type engine struct {
	a     *synthetic.Archive
	index bleve.Index
}

// atOnce is how many works are in a batch.
const atOnce = 5000

var columns = [...]string{"updated", "words", "kudos", "hits", "complete", "crossover"}

func field(group int) string { return "g" + strconv.Itoa(group) }

func shape() mapping.IndexMapping {
	work := mapping.NewDocumentStaticMapping()
	word := func(name string) {
		f := mapping.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = keyword.Name, false, false, false, true
		work.AddFieldMappingsAt(name, f)
	}
	for g := range peer.Groups {
		word(field(g))
	}
	word("title")
	for _, name := range columns {
		f := mapping.NewNumericFieldMapping()
		f.Store, f.IncludeInAll, f.DocValues = false, false, true
		work.AddFieldMappingsAt(name, f)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = work
	return m
}

func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func term(t archive.TagID) string { return strconv.FormatInt(int64(t), 36) }

// Load implements peer.Engine.
func (e *engine) Load(a *synthetic.Archive, dir string) (peer.Loaded, error) {
	loaded := peer.Loaded{Name: "Bleve " + version()}
	path := filepath.Join(dir, "bleve")
	start := time.Now()
	var err error
	if e.index, err = bleve.NewUsing(path, shape(), "scorch", "scorch", map[string]any{"unsafe_batch": true}); err != nil {
		return loaded, err
	}
	batch := e.index.NewBatch()
	for d := range peer.Docs(a) {
		var groups [peer.Groups][]string
		for _, t := range d.Tags {
			g := a.Kind(t) - 1
			groups[g] = append(groups[g], term(t))
		}
		groups[peer.Languages] = []string{d.Language}
		doc := map[string]any{
			"updated": float64(d.Updated), "words": float64(d.Words), "kudos": float64(d.Kudos), "hits": float64(d.Hits),
			"complete": number(d.Complete), "crossover": number(d.Crossover), "title": d.Title,
		}
		for g, list := range groups {
			doc[field(g)] = list
		}
		if err := batch.Index(strconv.FormatInt(d.ID, 10), doc); err != nil {
			return loaded, err
		}
		if loaded.Works++; batch.Size() >= atOnce {
			if err := e.index.Batch(batch); err != nil {
				return loaded, err
			}
			batch = e.index.NewBatch()
		}
	}
	if err := e.index.Batch(batch); err != nil {
		return loaded, err
	}
	loaded.Took = time.Since(start)
	time.Sleep(3 * time.Second) // it merges behind
	loaded.Bytes, err = size(path)
	return loaded, err
}

func size(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(path)
		if os.IsNotExist(err) {
			return nil // merged meanwhile
		}
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/blevesearch/bleve/v2" {
			return m.Version
		}
	}
	return ""
}

func (e *engine) tag(t archive.TagID) query.Query {
	q := bleve.NewTermQuery(term(t))
	q.SetField(field(int(e.a.Kind(t)) - 1))
	return q
}

func between(name string, least, most *float64) query.Query {
	both := true
	q := bleve.NewNumericRangeInclusiveQuery(least, most, &both, &both)
	q.SetField(name)
	return q
}

var orders = [synthetic.OrderCount]string{"-updated", "-kudos", "-hits", "-words", "title"}

// Ask implements peer.Engine.
func (e *engine) Ask(q *synthetic.Request) (answer peer.Answer, err error) {
	request := bleve.NewSearchRequestOptions(e.query(q), peer.PerPage, (q.Page-1)*peer.PerPage, false)
	request.Score = "none"
	request.SortBy([]string{orders[q.Order]})
	for g := range peer.Groups {
		request.AddFacet(field(g), bleve.NewFacetRequest(field(g), peer.PerGroup))
	}
	found, err := e.index.Search(request)
	if err != nil {
		return answer, err
	}
	answer.Total = int(found.Total)
	for g := range peer.Groups {
		if f := found.Facets[field(g)]; f != nil && f.Terms != nil {
			for _, t := range f.Terms.Terms() {
				answer.Facets[g] = append(answer.Facets[g], t.Count)
			}
		}
	}
	return answer, nil
}

func (e *engine) query(q *synthetic.Request) query.Query {
	var must, not []query.Query
	for _, t := range q.Include {
		must = append(must, e.tag(t))
	}
	one := func(list []query.Query) {
		if len(list) > 0 {
			must = append(must, bleve.NewDisjunctionQuery(list...))
		}
	}
	var tags, languages []query.Query
	for _, t := range q.Any {
		tags = append(tags, e.tag(t))
	}
	for _, code := range q.Languages {
		l := bleve.NewTermQuery(code)
		l.SetField(field(peer.Languages))
		languages = append(languages, l)
	}
	one(tags)
	one(languages)
	for _, t := range q.Exclude {
		not = append(not, e.tag(t))
	}
	bound := func(name string, least, most int64) {
		var from, to *float64
		if least != 0 {
			f := float64(least)
			from = &f
		}
		if most != 0 {
			f := float64(most)
			to = &f
		}
		if from != nil || to != nil {
			must = append(must, between(name, from, to))
		}
	}
	bound("words", int64(q.LeastWords), int64(q.MostWords))
	var from, to int64
	if !q.From.IsZero() {
		from = q.From.Unix()
	}
	if !q.Before.IsZero() {
		to = q.Before.Unix() - 1
	}
	bound("updated", from, to)
	trait := func(name string, choice synthetic.Choice) {
		if choice != synthetic.Either {
			is := number(choice == synthetic.Yes)
			must = append(must, between(name, &is, &is))
		}
	}
	trait("complete", q.Complete)
	trait("crossover", q.Crossover)
	if len(must) == 0 {
		must = append(must, bleve.NewMatchAllQuery())
	}
	if len(not) == 0 && len(must) == 1 {
		return must[0]
	}
	all := bleve.NewBooleanQuery()
	all.AddMust(must...)
	all.AddMustNot(not...)
	return all
}
