package efiction

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// folder is a stories folder in memory.
type folder map[string][]byte

func (f folder) Read(p string) ([]byte, error) {
	if data, ok := f[p]; ok {
		return data, nil
	}
	return nil, fmt.Errorf("%s: %w", p, errs.NotFound)
}

func (f folder) Find(name string) []string {
	var found []string
	for p := range f {
		if path.Base(p) == name {
			found = append(found, p)
		}
	}
	slices.Sort(found)
	return found
}

const corpus = "../../../../shared/corpus/efiction-db/"

// corpusFolder is the folder of the corpus, whose files have flat names.
func corpusFolder(t *testing.T) folder {
	t.Helper()
	entries, err := os.ReadDir(corpus + "storiesef")
	if err != nil {
		t.Skip("the corpus is not here")
	}
	f := folder{}
	for _, e := range entries {
		data, err := os.ReadFile(corpus + "storiesef/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		f["storiesef/"+strings.Replace(e.Name(), "-", "/", 1)] = data
	}
	return f
}

func openCorpus(t *testing.T, name string) *Dump {
	t.Helper()
	files := corpusFolder(t)
	f, err := os.Open(corpus + name)
	if err != nil {
		t.Skip("the corpus is not here")
	}
	defer f.Close()
	d, err := Open(f, files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestShow(t *testing.T) {
	if os.Getenv("SHOW") == "" {
		t.Skip()
	}
	d := openCorpus(t, os.Getenv("SHOW"))
	r := d.Rescued()
	fmt.Printf("%+v\nversion %s claimed %v found %v\n", r.Site, r.Version, r.Claimed, r.Found)
	all := r.Findings
	for s, err := range d.Stories {
		if err != nil {
			t.Fatal(err)
		}
		m := s.Manuscript
		fmt.Printf("%s %q by %v tags %v series %v coll %v %s %s pend %v feat %v words %d/%d\n", s.Key, m.Title, m.Creators, m.Tags, m.Series, m.Collections, m.Posted.Format("2006-01-02"), m.Updated.Format("2006-01-02"), s.Pending, s.Featured, m.WordsClaimed, len(m.Warnings))
		for _, c := range m.Chapters {
			fmt.Printf("    %d %q %d words %.80q notes %.50q\n", c.Number, c.Title, c.Words, c.Text.HTML(), c.Notes.HTML())
		}
		for _, v := range s.Reviews {
			fmt.Printf("    review %+v\n", v)
		}
		all = archive.MergeFindings(all, s.Findings...)
	}
	for _, p := range r.People {
		fmt.Printf("%+v\n", p)
	}
	for _, p := range r.Series {
		fmt.Printf("%+v\n", p)
	}
	for _, f := range all {
		fmt.Printf("%s/%s ×%d: %s %v\n", f.Level, f.About, f.Count, f.Text, f.Where)
	}
	fmt.Println(len(r.Favourites), len(r.Pages))
	fmt.Println(string(d.Tags().CSV()))
}
