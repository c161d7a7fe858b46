package listing

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/find"
)

var allWorks = Scope{Path: "/works", Heading: "All works"}

// everyFilter is a question with fifteen filters.
func everyFilter() find.Question {
	q := find.Question{Query: `fandom:"The Lighthouse Sagas" tide`, Include: []archive.TagID{7001}, Any: []archive.TagID{7003, 7004}, Exclude: []archive.TagID{7002, 99}, Languages: []string{"en"}, Complete: find.No, Crossover: find.No}
	q.Words.Min, q.Words.Below = 1000, 50_001
	q.Hits.Min, q.Comments.Below, q.Bookmarks.Min = 10, 6, 3
	q.Focus, q.OneShip = []archive.TagID{6001}, find.Yes
	return q
}

func TestTidyParams(t *testing.T) {
	for in, want := range map[string]string{
		"q=tide":                              "",
		"":                                    "",
		"include=1&include=2":                 "",
		"q=&lang=&words=":                     "-",
		"q=tide&sort=":                        "q=tide",
		"words-from=1000&words-to=5000":       "words=1000-5000",
		"words-from=1000&words-to=":           "words=1000..",
		"words-from=&words-to=5k":             "words=..5k",
		"updated-from=2020&updated-to=2023":   "updated=2020..2023",
		"updated-from=&updated-to=2023":       "updated=..2023",
		"include=1&exclude=1&any=1":           "exclude=1",
		"include=1&any=1&any=2":               "any=2&include=1",
		"chapters-from=2&find-character=holm": "chapters=2..&find-character=holm",
		"kudos-from=10&hits-to=99":            "hits=..99&kudos=10..",
		"posted-from=2020&posted-to=":         "posted=2020..",
	} {
		values, err := url.ParseQuery(in)
		if err != nil {
			t.Fatal(err)
		}
		got, changed := Tidy(values)
		if changed != (want != "") {
			t.Errorf("%s: changed is %v", in, changed)
		}
		if want != "" && strings.ReplaceAll(want, "-", "") != strings.ReplaceAll(got.Encode(), "-", "") {
			t.Errorf("%s becomes %s, want %s", in, got.Encode(), want)
		}
		again, changed := Tidy(got)
		if changed || !reflect.DeepEqual(again, got) {
			t.Errorf("%s: tidied twice it becomes %s", in, again.Encode())
		}
		if _, problems := find.ParseQuestion(got); problems != nil && want != "" {
			t.Errorf("%s: %v", got.Encode(), problems)
		}
	}
}

func TestPager(t *testing.T) {
	for _, c := range []struct {
		page, pages int
		want        string
	}{
		{1, 1, ""}, {1, 2, "[1] 2"}, {2, 3, "1 [2] 3"}, {1, 9, "[1] 2 3 … 9"}, {5, 9, "1 … 3 4 [5] 6 7 … 9"}, {4, 9, "1 2 3 [4] 5 6 … 9"}, {9, 9, "1 … 7 8 [9]"}, {3, 5, "1 2 [3] 4 5"}, {48, 50, "1 … 46 47 [48] 49 50"},
		{7, 1_000_000, "1 … 5 6 [7] 8 9 … 50 …"}, {50, 1_000_000, "1 … 48 49 [50] …"}, {500_000, 1_000_000, "1 … [500000]"},
	} {
		l := List{Scope: allWorks, Answer: find.Answer{Page: c.page, Pages: c.pages}}
		var got []string
		for _, p := range l.pager().Pages {
			switch {
			case p.Number == 0:
				got = append(got, "…")
			case p.Current:
				got = append(got, fmt.Sprintf("[%d]", p.Number))
			default:
				got = append(got, fmt.Sprint(p.Number))
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("page %d of %d: %v, want %s", c.page, c.pages, got, c.want)
		}
	}
}

// TestBehindTheNumbers goes by cursors, and back to the numbers.
func TestBehindTheNumbers(t *testing.T) {
	const first = "/works?q=tide"
	for _, c := range []struct {
		page           int
		after          string
		previous, next string // cursors of the answer
		wantPrevious   string
		wantNext       string
		wantCount      string
	}{
		{49, "", "p", "n", first + "&page=48", first + "&page=50", "961–962 of 1,234,567 works"},
		{50, "", "p", "n", first + "&page=49", "/works?after=n&page=51&q=tide", "981–982 of 1,234,567 works"},
		{51, "a", "p", "n", first + "&page=50", "/works?after=n&page=52&q=tide", "1,001–1,002 of 1,234,567 works"},
		{52, "a", "p", "n", "/works?after=p&page=51&q=tide", "/works?after=n&page=53&q=tide", "1,021–1,022 of 1,234,567 works"},
		{61_729, "a", "p", "", "/works?after=p&page=61728&q=tide", "", "1,234,561–1,234,562 of 1,234,567 works"},
		{1, "a", "p", "n", "/works?after=p&q=tide", "/works?after=n&q=tide", "1,234,567 works"},
		{99_999_999, "a", "p", "n", "/works?after=p&q=tide", "/works?after=n&q=tide", "1,234,567 works"},
	} {
		l := List{Scope: allWorks, Question: find.Question{Query: "tide", Page: c.page, After: c.after}}
		l.Answer = find.Answer{Total: 1_234_567, Pages: 61_729, Per: 20, IDs: make([]archive.WorkID, 2), Next: c.next, Previous: c.previous}
		if c.after == "" {
			l.Answer.Page = c.page
		}
		v := l.Page()
		for _, p := range v.Pager.Pages {
			if (p.Number == 0) != (p.Label == "") {
				t.Errorf("page %d is called %q", p.Number, p.Label)
			}
		}
		unescaped := func(href string) string {
			u, err := url.Parse(href)
			if err != nil || href == "" {
				return href
			}
			return u.Path + "?" + u.Query().Encode()
		}
		if unescaped(v.Pager.Previous) != unescaped(c.wantPrevious) || unescaped(v.Pager.Next) != unescaped(c.wantNext) || v.Count != c.wantCount {
			t.Errorf("page %d after %q: %q %q %q", c.page, c.after, v.Pager.Previous, v.Pager.Next, v.Count)
		}
	}
}

func TestMereWordsAreOfferedInsideTheStories(t *testing.T) {
	for query, want := range map[string]string{
		"lantern": "text:lantern", "lit  window": `text:"lit window"`, "燈": "text:燈",
		"": "", `"lit window"`: "", "fandom:x": "", "a OR b": "", "a -b": "", "(a": "", "“a b”": "", "lant*": "",
	} {
		href := List{Scope: allWorks, Question: find.Question{Query: query, Sort: "title", Page: 7}}.Page().Inside.Href
		u, err := url.Parse(href)
		if err != nil || u.Query().Get("q") != want || u.Query().Has("sort") || u.Query().Has("page") {
			t.Errorf("%q: %s, want %s", query, href, want)
		}
	}
}

func TestShuffleAgain(t *testing.T) {
	l := List{Scope: allWorks, Question: find.Question{Sort: "random", Seed: 7}, Answer: find.Answer{Sort: "random", Page: 1, Pages: 1}}
	seen := map[int64]bool{7: true}
	for range 50 {
		links := l.sorts()
		last := links[len(links)-1]
		u, err := url.Parse(last.Href)
		if err != nil || last.Label != "Shuffle again" || last.Current {
			t.Fatalf("%+v", last)
		}
		q, problems := find.ParseQuestion(u.Query())
		if problems != nil || q.Sort != "random" || seen[q.Seed] {
			t.Fatalf("%s: seed %d again, %v", last.Href, q.Seed, problems)
		}
		seen[q.Seed] = true
		l.Question.Seed = q.Seed
	}
}

// TestEachPillDropsItsFilter follows every pill of a question with all filters
// and sees one filter fewer.
func TestEachPillDropsItsFilter(t *testing.T) {
	l := List{Scope: allWorks, Question: everyFilter()}
	pills := l.Pills()
	if len(pills) != 15 {
		t.Fatalf("%d pills, want 15: %v", len(pills), pills)
	}
	for i, p := range pills {
		u, err := url.Parse(p.Href)
		if err != nil {
			t.Fatal(err)
		}
		q, problems := find.ParseQuestion(u.Query())
		if problems != nil {
			t.Errorf("%s: %v", p.Href, problems)
		}
		less := l
		less.Question = q
		rest := less.Pills()
		if len(rest) != len(pills)-1 {
			t.Errorf("pill %d (%s) leaves %d filters", i, p.Label, len(rest))
		}
		for _, other := range rest {
			if other.Label == p.Label {
				t.Errorf("pill %s leaves itself", p.Label)
			}
		}
	}
}

func TestSpanLabel(t *testing.T) {
	for in, want := range map[string]string{"1000-5000": "1,000–5,000 words", ">999": "1,000 words or more", "<5001": "up to 5,000 words", "7": "7 words"} {
		q, _ := find.ParseQuestion(url.Values{"words": {in}})
		if got := SpanLabel(q.Words, "words"); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestScopes(t *testing.T) {
	tag := Scope{Path: "/tags/5", Tag: 7}
	q := tag.Narrow(find.Question{Query: "tide"})
	if !slices.Equal(q.Include, []archive.TagID{7}) || tag.Href(q) != "/tags/5?q=tide" {
		t.Errorf("%v %s", q.Include, tag.Href(q))
	}
	q.Include = nil
	if got := tag.Href(q); got != "/works?q=tide" {
		t.Errorf("beyond the scope: %s", got)
	}
	language := Scope{Path: "/languages/fr", Language: "fr"}
	if got := language.Href(language.Narrow(find.Question{Languages: []string{"en"}})); got != "/languages/fr?lang=en" {
		t.Errorf("languages: %s", got)
	}
}

func TestWithoutSaysWhatThePillDoes(t *testing.T) {
	q, _ := find.ParseQuestion(url.Values{"words": {"5-1"}})
	l := List{Scope: Scope{Path: "/works"}, Question: q}
	for _, c := range []struct {
		without find.Without
		want    string
	}{
		{find.Without{Filter: "words", Value: "5-1", Total: 3}, "without “" + SpanLabel(q.Words, "words") + "”: 3 works"},
		{find.Without{Filter: "include", Value: "", Total: 1}, "without “unknown tag”: 1 work"},
		{find.Without{Filter: "include", Value: "Tea", Total: 2}, "without “Tea”: 2 works"},
	} {
		if got := l.withoutLabel(c.without); got != c.want {
			t.Errorf("%+v: %q, want %q", c.without, got, c.want)
		}
	}
}
