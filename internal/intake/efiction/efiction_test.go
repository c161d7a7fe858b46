package efiction

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ficstead/bench/oldarchive"
	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/intake/record"
)

func small(o oldarchive.Options) oldarchive.Made {
	o.Stories, o.Words = 20, 40
	return oldarchive.Make(o)
}

// TestOriginalIsEnough reads each story's record again, alone.
func TestOriginalIsEnough(t *testing.T) {
	made := small(oldarchive.Options{Dialect: "backup-utf8", Variant: "D", Store: "mixed", Charset: "utf-8-in-latin1"})
	d, err := Open(bytes.NewReader(made.Dump), folder(made.Files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for s, err := range d.Stories {
		if err != nil {
			t.Fatal(err)
		}
		m, ok, err := record.Read(s.Original, nil)
		if !ok || err != nil || !reflect.DeepEqual(m, s.Manuscript) {
			t.Errorf("%s: read again it is another (%v, %v)", s.Key, ok, err)
		}
		again, _ := d.Story(s.Key)
		if !bytes.Equal(again.Original, s.Original) || !reflect.DeepEqual(again.Findings, s.Findings) {
			t.Errorf("%s: a second reading gives another", s.Key)
		}
		refused, _, _ := record.Read(s.Original, archive.RefuseAll())
		for _, mend := range refused.Mends {
			if mend.Applied {
				t.Errorf("%s: %v was refused, and applied", s.Key, mend)
			}
		}
	}
	if _, err := d.Story("efiction:elsewhere:sid:1"); !errors.Is(err, errs.NotFound) {
		t.Errorf("a key of another archive: %v", err)
	}
}

// TestEveryDumpGivesTheSame reads one archive from all dialects.
func TestEveryDumpGivesTheSame(t *testing.T) {
	var first []string
	for _, dialect := range oldarchive.Dialects {
		made := small(oldarchive.Options{Dialect: dialect, Variant: "B", Store: "mysql"})
		d, err := Open(bytes.NewReader(made.Dump), folder(made.Files), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for s := range d.Stories {
			m := s.Manuscript
			said := fmt.Sprint(s.Key, m.Title, m.Creators, m.Tags, m.Posted, m.Summary.HTML(), s.OldChapters)
			for _, c := range m.Chapters {
				said += c.Title + c.Text.HTML()
			}
			told = append(told, said)
		}
		if first == nil {
			first = told
		}
		for i := range told {
			if told[i] != first[i] {
				t.Errorf("%s: got %.300s\nwant %.300s", dialect, told[i], first[i])
			}
		}
	}
}

func TestSeveralArchives(t *testing.T) {
	a := small(oldarchive.Options{Dialect: "mysqldump", Prefix: "a_"})
	b := small(oldarchive.Options{Dialect: "mysqldump", Prefix: "b_", Seed: 9})
	both := append(slices.Clone(a.Dump), b.Dump...)
	_, err := Open(bytes.NewReader(both), nil, Options{})
	var question Several
	if !errors.As(err, &question) || len(question.Archives) != 2 || !errors.Is(err, errs.Invalid) || question.Archives[0].Stories != 20 {
		t.Fatalf("got %v", err)
	}
	d, err := Open(bytes.NewReader(both), folder(b.Files), Options{Prefix: "b_"})
	if err != nil || len(d.Keys()) != 21 {
		t.Errorf("got %v", err)
	}
	if _, err := Open(bytes.NewReader(both), nil, Options{Prefix: "c_"}); err == nil || !strings.Contains(err.Error(), "c_fanfiction_") {
		t.Errorf("a prefix that is not there: %v", err)
	}
}

func TestChosenTags(t *testing.T) {
	made := small(oldarchive.Options{})
	d, err := Open(bytes.NewReader(made.Dump), folder(made.Files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	printed := d.Tags().CSV()
	edited := strings.NewReplacer(
		"category,1,Lantern Keepers,fandom,Lantern Keepers", "category,1,Lantern Keepers,fandom,The Keepers\ncategory,1,Lantern Keepers,tag,Old",
		"class,2,Angst,tag,Angst", "class,,Angst,none,").Replace(string(printed))
	rules, err := archive.ParseTagRules([]byte(edited))
	if err != nil {
		t.Fatal(err)
	}
	e, err := Open(bytes.NewReader(made.Dump), folder(made.Files), Options{Tags: rules})
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	for s := range e.Stories {
		for _, tag := range s.Manuscript.Tags {
			if tag.Name == "Angst" || tag.Name == "Lantern Keepers" {
				t.Errorf("%s still has %s", s.Key, tag.Name)
			}
			if tag.Name == "The Keepers" || tag.Name == "Old" {
				kept++
			}
		}
	}
	if kept == 0 {
		t.Error("no story has what was chosen")
	}
	if again := e.Tags().CSV(); !bytes.Contains(again, []byte("class,2,Angst,none,")) {
		t.Errorf("the list is not what was chosen: %s", again)
	}
}

// TestEveryCut opens a dump that is cut at many places: what came before is there.
func TestEveryCut(t *testing.T) {
	for _, dialect := range oldarchive.Dialects {
		made := small(oldarchive.Options{Dialect: dialect, Store: "mysql"})
		before := 0
		for i := 0; i <= len(made.Dump); i += len(made.Dump)/60 + 1 {
			d, err := Open(bytes.NewReader(made.Dump[:i]), nil, Options{})
			if err != nil {
				if !errors.Is(err, errs.Invalid) {
					t.Fatalf("%s cut at %d: %v", dialect, i, err)
				}
				continue
			}
			n := 0
			for s, err := range d.Stories {
				if err != nil {
					t.Fatal(err)
				}
				n += len(s.OldChapters)
			}
			if n < before-2 { // a chapter that waits may be told otherwise
				t.Errorf("%s cut at %d: %d chapters, %d before", dialect, i, n, before)
			}
			before = max(before, n)
		}
		if before < 20 {
			t.Errorf("%s: only %d chapters at last", dialect, before)
		}
	}
}

func TestOddities(t *testing.T) {
	for _, c := range []struct{ name, dump, want string }{
		{"not an archive", "INSERT INTO wp_posts VALUES (1);", "no dump of an eFiction archive"},
		{"nothing", "", "no dump of an eFiction archive"},
		{"a broken gzip", "\x1f\x8bxx", "cannot be read"},
		{"a broken ZIP", "PK\x03\x04xxxx", "ZIP"},
	} {
		if _, err := Open(strings.NewReader(c.dump), nil, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
	// three columns that no version has, a number that is none, and a circle of categories
	dump := "INSERT INTO `fanfiction_stories` (`title`, `sid`, `uid`, `catid`) VALUES ('A', 1, 5, '1'), ('B', 'x', 5, ''), ('C', 2, 99999999999999999999, '2,1'), ('A again', 1, 5, '');" +
		"INSERT INTO fanfiction_categories (catid, parentcatid, category) VALUES (1, 2, 'One/Two'), (2, 1, 'Three/Four');" +
		"INSERT INTO fanfiction_series (seriesid, title) VALUES (1, 'S'), (2, 'T');" +
		"INSERT INTO fanfiction_inseries (seriesid, sid, subseriesid, confirmed, inorder) VALUES (1,0,2,1,1),(2,0,1,1,1),(1,1,0,1,1),(1,1,0,1,1);"
	d, err := Open(strings.NewReader(dump), nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	parts := 0
	for _, s := range d.Rescued().Series {
		parts += len(s.Parts)
	}
	if got := d.Keys(); len(got) != 2 || parts != 2 {
		t.Errorf("got %v, %d parts of series", got, parts)
	}
	for s, err := range d.Stories {
		if err != nil || !slices.ContainsFunc(s.Manuscript.Tags, func(t archive.Tag) bool { return t.Kind == archive.Relationship }) {
			t.Errorf("got %+v, %v", s.Manuscript, err)
		}
	}
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		said, text, answer string
		flagged            bool
	}{
		{"Nice!<br><br><i>Author's Response: Thanks!</i>", "Nice!", "Thanks!", true},
		{"Nice!<br /><br />\n<i>Antwort der Autorin: Danke!</i>", "Nice!", "Danke!", true},
		{"Nice!<br><br><i>Author's Response: Thanks!</i>", "Nice!", "Thanks!", false},
		{"He said:<br><br><i>Stop: now</i>", "He said:<br><br><i>Stop: now</i>", "", false},
		{"No answer", "No answer", "", true},
		{"A<br><br><i>Author's Response: <b>B</b> and <i>C</i> too", "A", "<b>B</b> and <i>C</i> too", true},
	} {
		if text, answer := splitAnswer(c.said, c.flagged); text != c.text || answer != c.answer {
			t.Errorf("%q: got %q, %q", c.said, text, answer)
		}
	}
}

func TestCategories(t *testing.T) {
	for name, want := range map[string]string{
		"Bill/Bob": "relationship Bill/Bob", "Action/Adventure": "tag Action/Adventure", "Hurt/Comfort": "tag Hurt/Comfort", "M/M": "category M/M",
		"Slash": "category M/M", "Femslash": "category F/F", "Het Pairings": "category F/M", "Gen": "category Gen", "General": "category Gen",
		"Threesomes, Moresomes": "category Multi", "Stargate SG-1": "fandom Stargate SG-1", "Crossovers": "tag Crossovers", "Original Fiction": "fandom Original Work",
		"Genesis": "fandom Genesis", "Other Slash Pairing": "tag Other Slash Pairing", "Hetty Wainthropp": "fandom Hetty Wainthropp", "The 4400/Lost": "relationship The 4400/Lost",
	} {
		if kind, as := categoryOf(name); kind.String()+" "+as != want {
			t.Errorf("%q: got %s %s, want %s", name, kind, as, want)
		}
	}
}

func TestDates(t *testing.T) {
	day := time.Date(2006, 2, 9, 22, 21, 35, 0, time.UTC)
	for s, want := range map[string]time.Time{
		"2006-02-09 22:21:35": day, "1139523695": day, "20060209222135": day, "2006-02-09": day.Truncate(24 * time.Hour),
		"0000-00-00 00:00:00": {}, "0": {}, "": {}, "yesterday": {}, "2006-13-45 00:00:00": {},
	} {
		r := row{&table{index: map[string]int{"date": 0}}, []cell{cell(s)}}
		if got := r.day("date"); !got.Equal(want) {
			t.Errorf("%q: got %v, want %v", s, got, want)
		}
	}
}

// TestWhereTextsAre wants the rule by which each file was found to be told.
func TestWhereTextsAre(t *testing.T) {
	dump := "INSERT INTO fanfiction_stories (sid, title, uid) VALUES (1, 'A', 5);" +
		"INSERT INTO fanfiction_chapters (chapid, inorder, title, sid, uid, storytext) VALUES (14, 1, 'd', 1, 5, ''), (11, 1, 'a', 1, 5, ''), (12, 2, 'b', 1, 6, NULL), (13, 3, 'c', 1, 5, ' '), (15, 3, 'e', 1, 5, 'here');"
	files := folder{"x/stories/5/11.txt": []byte("one"), "x/stories/5/12.txt": []byte("two"), "x/stories/9/13.txt": []byte("three"), "x/stories/8/13.txt": []byte("longer three"), "x/stories/5/15.txt": []byte("there")}
	d, err := Open(strings.NewReader(dump), files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.Story(d.Keys()[0])
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range s.Manuscript.Chapters {
		got = append(got, c.Title+" "+flat(c.Text))
	}
	for _, f := range s.Findings {
		got = append(got, fmt.Sprint(f.Level, " ", f.Text, f.Where))
	}
	want := []string{"a one", "d ", "b two", "c longer three", "e here",
		"doubt A story's author is not among the members.[efiction:archive:sid:1]",
		"note Texts in the folder of the chapter's author.[x/stories/5/11.txt]",
		"loss The text of a chapter is neither in the dump nor in the folder of the stories.[efiction:archive:sid:1, chapter 1 (14): x/stories/5/14.txt]",
		"note Texts in the folder of the story's author, who is not the chapter's.[x/stories/5/12.txt]",
		"note Texts in the folder of somebody else, where several have a file of that number; the longest was taken.[x/stories/8/13.txt]",
		"note Texts in the database.[efiction:archive:sid:1, chapter 3 (15)]"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEmails(t *testing.T) {
	for s, want := range map[string]string{
		"Ada@Example.com": "Ada@Example.com", " ada @ example.com ": "ada@example.com", "mailto:ada@example.com": "ada@example.com",
		"": "", "ada": "", "ada@": "", "@example.com": "", "ada@example": "", "a@b@c.d": "",
	} {
		if got := emailOf(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

// TestHostileSizes wants what could be quadratic to be over soon.
func TestHostileSizes(t *testing.T) {
	var b strings.Builder
	const n = 20_000
	b.WriteString("INSERT INTO fanfiction_stories (sid, title, uid, catid, coauthors) VALUES (1, 'A', 5, '" + strings.Repeat("1,22,333,", n) + "', '" + strings.Repeat("7,8,9,", n) + "');")
	for i := range n {
		fmt.Fprintf(&b, "INSERT INTO fanfiction_chapters (chapid, sid, uid, storytext) VALUES (%d, 1, %d, 'x');", i, i)
		fmt.Fprintf(&b, "INSERT INTO fanfiction_series (seriesid, title) VALUES (%d, 'S');", i+1)
		fmt.Fprintf(&b, "INSERT INTO fanfiction_inseries (seriesid, subseriesid, confirmed) VALUES (%d, %d, 1), (%d, %d, 1);", i+1, i+2, n, i+1)
		fmt.Fprintf(&b, "INSERT INTO fanfiction_reviews (reviewid, item, chapid, type, review) VALUES (%d, 1, %d, 'ST', 'x'), (%d, 1, 1, 'x%d', 'x');", i, i, n+i, i)
		fmt.Fprintf(&b, "INSERT INTO fanfiction_coauthors (sid, uid) VALUES (1, %d);", i)
	}
	start := time.Now()
	d, err := Open(strings.NewReader(b.String()), nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Story(d.Keys()[0]); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("%v for %d MB", took, b.Len()>>20)
	}
}

// FuzzOpen wants no dump to do more than be refused.
func FuzzOpen(f *testing.F) {
	for _, dialect := range oldarchive.Dialects {
		made := oldarchive.Make(oldarchive.Options{Stories: 4, Words: 10, Dialect: dialect, Variant: "D", Store: "mixed"})
		f.Add(made.Dump)
	}
	files := folder(small(oldarchive.Options{}).Files)
	f.Fuzz(func(t *testing.T, dump []byte) {
		d, err := Open(bytes.NewReader(dump), files, Options{})
		if err != nil {
			if !errors.Is(err, errs.Invalid) || !strings.HasSuffix(err.Error(), ".") {
				t.Fatalf("%v is no sentence", err)
			}
			return
		}
		for s, err := range d.Stories {
			if err != nil {
				t.Fatal(err)
			}
			if m, ok, err := record.Read(s.Original, nil); !ok || err != nil || !reflect.DeepEqual(m, s.Manuscript) {
				t.Fatalf("%s: read again it is another (%v)", s.Key, err)
			}
		}
		if _, err := archive.ParseTagRules(d.Tags().CSV()); err != nil {
			t.Fatal(err)
		}
	})
}
