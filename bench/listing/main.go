// Command listing measures the pages of lists of works, as a stream of readers
// asks for them: mostly other fandoms, filters and pages each time.
//
//	go run ./bench/fill -works 100000 -data /tmp/large
//	go run ./bench/listing -data /tmp/large
//
// tells what a page costs within the process: processor time, allocations, bytes.
// (Pages over HTTP at a steady rate are measured by bench/find.)
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "", "the folder that bench/fill wrote, or its postgres:// address")
	seed := flag.Uint64("seed", 42, "the seed it was filled with")
	n := flag.Int("n", 2000, "how many pages to ask for within the process")
	warm := flag.Int("warm", 500, "how many before that")
	profile := flag.String("cpuprofile", "", "where to write a profile of the processor")
	memory := flag.String("memprofile", "", "where to write one of what was allocated")
	flag.Parse()
	ctx := context.Background()
	s, err := store.Open(ctx, file(*data))
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	pages, err := targets(ctx, s, *seed, *n+*warm)
	if err != nil {
		log.Fatal(err)
	}
	if err := within(ctx, s, pages, *warm, *profile, *memory); err != nil {
		log.Fatal(err)
	}
}

func file(data string) string {
	if strings.Contains(data, "://") {
		return data
	}
	return filepath.Join(data, "ficstead.db")
}

// targets are the addresses of n requests by popularity.
func targets(ctx context.Context, s *store.Store, seed uint64, n int) (pages []string, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		works, err := tx.CountWorks()
		if err != nil {
			return err
		}
		t := target{a: synthetic.New(seed, works), tx: tx, ids: map[archive.TagID]archive.TagID{}}
		for _, r := range t.a.Requests(n) {
			page, err := t.address(r)
			if err != nil {
				return err
			}
			pages = append(pages, page)
		}
		return nil
	})
	return pages, err
}

// target spells requests as the addresses of their pages.
type target struct {
	a   *synthetic.Archive
	tx  *store.Tx
	ids map[archive.TagID]archive.TagID // in the store
}

func (t *target) tag(id archive.TagID) (archive.TagID, error) {
	if known := t.ids[id]; known != 0 {
		return known, nil
	}
	found, err := t.tx.TagByName(t.a.Kind(id), t.a.Name(id))
	t.ids[id] = found.ID
	return found.ID, err
}

var sorts = [...]string{"", "kudos", "hits", "words", "title"}

func (t *target) address(r synthetic.Request) (string, error) {
	v, path := url.Values{}, "/works"
	for name, ids := range map[string][]archive.TagID{"include": r.Include, "any": r.Any, "exclude": r.Exclude, "focus": r.Focus} {
		for i, id := range ids {
			known, err := t.tag(id)
			if err != nil {
				return "", err
			}
			if name == "include" && i == 0 {
				path = address.Tag(known)
				continue
			}
			v.Add(name, address.Number(known.Public()))
		}
	}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("words", span(r.LeastWords, r.MostWords))
	if !r.From.IsZero() {
		set("updated", r.From.Format(time.DateOnly)+".."+until(r.Before))
	}
	set("complete", choices[r.Complete])
	set("crossover", choices[r.Crossover])
	set("sort", sorts[r.Order])
	for _, code := range r.Languages {
		v.Add("lang", code)
	}
	if r.Page > 1 {
		v.Set("page", strconv.Itoa(r.Page))
	}
	return address.With(path, v), nil
}

var choices = [...]string{synthetic.Yes: "yes", synthetic.No: "no"}

func span(least, most int) string {
	switch {
	case least == 0 && most == 0:
		return ""
	case most == 0:
		return strconv.Itoa(least) + ".."
	}
	return strconv.Itoa(least) + "-" + strconv.Itoa(most)
}

func until(before time.Time) string {
	if before.IsZero() {
		return ""
	}
	return before.AddDate(0, 0, -1).Format(time.DateOnly)
}

// shown tells one figure.
func shown(what, figure string, args ...any) {
	fmt.Printf("%-28s %s\n", what, fmt.Sprintf(figure, args...))
}
