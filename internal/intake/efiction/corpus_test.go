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

// TestCorpus compares what is read of real-shaped dumps with what a person read
// in them.
func TestCorpus(t *testing.T) {
	for _, name := range []string{"efiction.sql", "efiction_no_defs.sql"} {
		d := openCorpus(t, name)
		r := d.Rescued()
		if r.Site.Name != "Efiction Test" || r.Site.URL != "http://www.example.com" || r.Site.Language != "en" {
			t.Errorf("%s: site %+v", name, r.Site)
		}
		if r.Claimed["words"] != 23176094 || r.Found["stories"] != 15 || r.Found["chapters"] != 17 || len(r.Series) != 3 || len(r.People) != 5 || len(r.Favourites) != 1 {
			t.Errorf("%s: claimed %v, found %v, %d favourites", name, r.Claimed, r.Found, len(r.Favourites))
		}
		for sid, want := range map[int]string{
			1:    "Bacon ipsum by B Author 2, C Author 3, E Author 5: Chapter 1 (1 of 1)",
			4:    "Email story by D Author 4: ",
			51:   "Cupcake ipsum by B Author 2: Chapter 1 (0 of 3)",
			108:  "A lot of cakes by C Author 3, E Author 5: Cakes (1 of 1)",
			835:  "Windows 1252 Story by E Author 5: Windows 1252 (0 of 1)",
			3785: "Zombies by B Author 2: Zombies! (1 of 1)",
		} {
			s, err := d.Story(fmt.Sprintf("efiction:example.com:sid:%d", sid))
			if err != nil {
				t.Fatal(err)
			}
			var by []string
			for _, c := range s.Manuscript.Creators {
				by = append(by, c.Name)
			}
			first, read := "", 0
			for i, c := range s.Manuscript.Chapters {
				if i == 0 {
					first = c.Title
				}
				if c.Words > 0 {
					read++
				}
			}
			got := fmt.Sprintf("%s by %s: ", s.Manuscript.Title, strings.Join(by, ", "))
			if first != "" {
				got += fmt.Sprintf("%s (%d of %d)", first, read, len(s.Manuscript.Chapters))
			}
			if name == "efiction_no_defs.sql" && sid == 1 { // whose list is empty there
				want = "Bacon ipsum by B Author 2, E Author 5: Chapter 1 (1 of 1)"
			}
			if got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		s, _ := d.Story("efiction:example.com:sid:835")
		if got := flat(s.Manuscript.Summary); got != "Eôs in ipsum ocûrrëret." {
			t.Errorf("%s: summary %q", name, got)
		}
		if len(s.Manuscript.Series) != 1 || s.Manuscript.Series[0].Series.Title != "Windows 1252" || s.Manuscript.Series[0].Number != 1 {
			t.Errorf("%s: series %+v", name, s.Manuscript.Series)
		}
		s, _ = d.Story("efiction:example.com:sid:4")
		if len(s.Reviews) != 1 || flat(s.Reviews[0].Text) != "Awesome!!! This was so much fun to read :)" || flat(s.Reviews[0].Answer) != "Glad you liked it!" {
			t.Errorf("%s: reviews %+v", name, s.Reviews)
		}
	}
	d := openCorpus(t, "efiction_string_ratings.sql")
	s, err := d.Story("efiction:example.com:sid:1")
	if err != nil {
		s, err = d.Story(d.Keys()[0])
	}
	if err != nil || !slices.ContainsFunc(s.Manuscript.Tags, func(t archive.Tag) bool { return t.Kind == archive.Rating && t.Name == archive.RatingMature }) {
		t.Errorf("ratings by name: %v, %+v", err, s.Manuscript.Tags)
	}
}
