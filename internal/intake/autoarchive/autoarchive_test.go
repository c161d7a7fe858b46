package autoarchive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/intake/record"
)

type folder map[string]string

func (f folder) Read(p string) ([]byte, error) {
	if s, ok := f[p]; ok {
		return []byte(s), nil
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

const db = `#!/usr/bin/perl
# it's a list
%FILES = (

12 => {
	Author => 'Ada O'Hara',
	Email => 'Ada@Example.com',
	Title => 'The <i>Lamp</i>, it's lit',
	Summary => "She said, \"No\" & left.
And came back.",
	Fandom => 'Lamps, Sea Tales',
	Pairing => 'Ann/Bob',
	Rating => 'PG-13',
	PrintTime => '01/30/00',
	Location => 'stories/lamp',
	FileType => 'html',
	Mood => 'dark',
},
'13', {
  'Author' , 'Bob and Zoë', 'Email', 'bob@example.com, zoe@example.com',
  'Title' , 'Two', 'Characters', ['Ann', 'Bob'], 'Date', '2/3/1999', 'LocationURL', 'http://elsewhere.example/two?a=1&b=2',
},
14 => { Title => 'Gone', Author => '', Location => 'stories/gone', FileType => 'txt' },
);
1;
`

// told is a story in one line.
func told(s archive.RescuedStory) string {
	m := s.Manuscript
	var by, tags, texts []string
	for _, c := range m.Creators {
		by = append(by, c.Name)
	}
	for _, t := range m.Tags {
		tags = append(tags, t.Kind.String()+":"+t.Name)
	}
	for _, c := range m.Chapters {
		texts = append(texts, strings.TrimSpace(c.Title+" "+strings.TrimSpace(c.Text.Text())))
	}
	return fmt.Sprintf("%s %q by %s, %s, %s: %s", s.Key, m.Title, strings.Join(by, "+"), strings.Join(tags, ";"), m.Posted.Format("2006-01-02"), strings.Join(texts, "|"))
}

func TestHash(t *testing.T) {
	if !Match([]byte(db)) {
		t.Error("not recognised")
	}
	files := folder{"site/stories/lamp.html": "<html><body><p>It was lit.</p></body></html>"}
	a, err := Open(strings.NewReader(db), files, Options{Name: "Old Lamps"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`automated-archive:old-lamps:story:12 "The Lamp, it's lit" by Ada O'Hara, rating:Teen And Up Audiences;fandom:Lamps;fandom:Sea Tales;relationship:Ann/Bob, 2000-01-30: It was lit.`,
		`automated-archive:old-lamps:story:13 "Two" by Bob+Zoë, character:Ann;character:Bob, 1999-02-03: http://elsewhere.example/two?a=1&b=2`,
		`automated-archive:old-lamps:story:14 "Gone" by Anonymous, , 0001-01-01: `,
	}
	var got, found []string
	for s, err := range a.Stories {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, told(s))
		for _, f := range s.Findings {
			found = append(found, f.Level+"/"+f.About)
		}
		if m, ok, err := record.Read(s.Original, nil); !ok || err != nil || !reflect.DeepEqual(m, s.Manuscript) {
			t.Errorf("%s: read again it is another", s.Key)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !slices.Equal(found, []string{"note/bookmarks", "loss/missing text"}) {
		t.Errorf("found %v", found)
	}
	r := a.Rescued()
	if len(r.People) != 4 || r.People[0].Email != "ada@example.com" || r.People[2].Email != "zoe@example.com" || len(r.Findings) != 1 || r.Findings[0].Where[0] != "Mood" {
		t.Errorf("got %+v", r)
	}
	s, _ := a.Story("automated-archive:old-lamps:story:12")
	if got := s.Manuscript.Summary.Text(); !strings.Contains(got, `"No" & left.`) {
		t.Errorf("summary %q", got)
	}
}

const dumped = "CREATE TABLE `authors` (`id` int, `name` varchar(255), `email` varchar(255), `do_not_import` int);\n" +
	"INSERT INTO authors VALUES (1,'Ada','ada@example.com',0),(2,'Bob','',0);\n" +
	"CREATE TABLE stories (id int, title text, summary text, notes text, date datetime, updated datetime, tags text, fandoms text, rating text, url text, do_not_import int, author_id int, coauthor_id int);\n" +
	"INSERT INTO stories VALUES (3,'One','S','','2004-07-01 18:10:04','2004-07-02 00:00:00','Angst, Drama','Lamps','R',NULL,0,1,2),(4,'No','','',NULL,NULL,'','','',NULL,1,1,0);\n" +
	"CREATE TABLE chapters (id int, position int, title text, text mediumtext, story_id int, notes text, url text);\n" +
	"INSERT INTO chapters VALUES (8,2,'B','<p>Second.</p>',3,'',NULL),(7,1,'A','',3,'','ada/one.html');\n" +
	"INSERT INTO item_tags VALUES (1,3,'story',10),(2,3,'story',11);\n" +
	"INSERT INTO tags VALUES (10,989,'Lit','classes',NULL,'','','','',''),(11,345,'A/B','pairings',NULL,'','Ann/Bob','relationship','','Sea Tales');\n" +
	"CREATE TABLE story_links (id int, title text, url text, author_id int, do_not_import int);\n" +
	"INSERT INTO story_links VALUES (5,'Link','http://else.example/x',2,0);\n"

func TestTables(t *testing.T) {
	if !Match([]byte(dumped)) {
		t.Error("not recognised")
	}
	a, err := Open(strings.NewReader(dumped), folder{"ada/one.html": "First."}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for s := range a.Stories {
		got = append(got, told(s))
	}
	want := []string{
		`automated-archive:archive:story:3 "One" by Ada+Bob, rating:Mature;fandom:Lamps;fandom:Sea Tales;relationship:Ann/Bob;tag:Angst;tag:Drama;tag:Lit, 2004-07-01: A First.|B Second.`,
		`automated-archive:archive:story:link-5 "Link" by Bob, , 0001-01-01: http://else.example/x`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	rules, err := archive.ParseTagRules(bytes.Replace(a.Tags().CSV(), []byte("tags,Angst,Angst,tag,Angst"), []byte("tags,Angst,Angst,none,"), 1))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Open(strings.NewReader(dumped), nil, Options{Tags: rules})
	if s, err := b.Story("automated-archive:archive:story:3"); err != nil || strings.Contains(told(s), "Angst") {
		t.Errorf("what was left out is there: %s, %v", told(s), err)
	}
}

func TestCorpus(t *testing.T) {
	data, err := os.ReadFile("../../../../shared/corpus/automated-archive/test_working_tables.sql")
	if err != nil {
		t.Skip("the corpus is not here")
	}
	a, err := Open(bytes.NewReader(data), nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.Story("automated-archive:archive:story:3")
	if err != nil || len(a.Keys()) != 5 || len(a.Rescued().People) != 5 || told(s) != `automated-archive:archive:story:3 "Story 3" by Author 3, rating:Teen And Up Audiences, 2004-07-01: Chapter 1` {
		t.Errorf("got %d stories, %d people, %s, %v", len(a.Keys()), len(a.Rescued().People), told(s), err)
	}
}

func TestEveryCut(t *testing.T) {
	for _, whole := range []string{db, dumped} {
		for i := range whole {
			a, err := Open(strings.NewReader(whole[:i]), nil, Options{})
			if err != nil && !errors.Is(err, errs.Invalid) {
				t.Fatalf("cut at %d: %v", i, err)
			}
			if err == nil {
				for _, err := range a.Stories {
					if err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(db))
	f.Add([]byte(dumped))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Open(bytes.NewReader(data), nil, Options{})
		if err != nil {
			return
		}
		for s := range a.Stories {
			if m, ok, err := record.Read(s.Original, nil); !ok || err != nil || !reflect.DeepEqual(m, s.Manuscript) {
				t.Fatalf("%s: read again it is another (%v)", s.Key, err)
			}
		}
		if _, err := archive.ParseTagRules(a.Tags().CSV()); err != nil {
			t.Fatal(err)
		}
	})
}
