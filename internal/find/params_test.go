package find

import (
	"errors"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find/query"
)

func public(id archive.TagID) string { return strconv.FormatInt(id.Public(), 10) }

func TestParseQuestion(t *testing.T) {
	v := url.Values{
		"q": {" fluff sort:words "}, "include": {public(7), "", public(8), public(7)}, "any": {public(3)}, "exclude": {public(9)},
		"focus": {public(4), public(5)}, "words": {"1000-5000"}, "chapters": {">1"}, "kudos": {"<10"}, "hits": {">=100"}, "comments": {"3"}, "bookmarks": {"..7"}, "otp": {"no"}, "updated": {"2020..2023"}, "posted": {">2024-01-01"},
		"complete": {"yes"}, "crossover": {"no"}, "restricted": {"yes"}, "lang": {"en", "Deutsch", "en"}, "status": {"reading"},
		"creator": {strconv.FormatInt(archive.CreatorID(4).Public(), 10)}, "series": {strconv.FormatInt(archive.SeriesID(5).Public(), 10)},
		"sort": {"random"}, "seed": {"12"}, "dir": {"asc"}, "page": {"3"}, "per": {"50"}, "after": {" AQIDBA "}, "theme": {"dark"},
	}
	q, problems := ParseQuestion(v)
	span, _ := query.ParseDays("2020..2023")
	after, _ := query.ParseDays(">2024-01-01")
	want := Question{
		Query: "fluff sort:words", Include: []archive.TagID{7, 8}, Any: []archive.TagID{3}, Exclude: []archive.TagID{9},
		Focus: []archive.TagID{4, 5}, Hits: Range{Min: 100}, Comments: Range{Min: 3, Below: 4}, Bookmarks: Range{Below: 8}, OneShip: No, After: "AQIDBA",
		Words: Range{Min: 1000, Below: 5001}, Chapters: Range{Min: 2}, Kudos: Range{Below: 10}, Updated: span, Posted: after,
		Complete: Yes, Crossover: No, Restricted: Yes, Languages: []string{"en", "de"}, Status: "reading", Creator: 4, Series: 5,
		Sort: query.Random, Seed: 12, Dir: query.Ascending, Page: 3, Per: 50,
	}
	if !reflect.DeepEqual(q, want) || len(problems) > 0 {
		t.Errorf("got  %+v, %v\nwant %+v", q, problems, want)
	}
	again, _ := ParseQuestion(q.Values())
	if !reflect.DeepEqual(again, q) {
		t.Errorf("%s reads as %+v", q.Values().Encode(), again)
	}
}

func TestParseQuestionTellsProblems(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"include", "fluff", "“fluff” is not the number of a tag"},
		{"exclude", "-1", "not the number of a tag"},
		{"any", "99999999999999999999", "not the number of a tag"},
		{"words", "-5", "is not a number or range"},
		{"hits", "-5--1", "is not a number or range"},
		{"comments", "1e9", "is not a number or range"},
		{"bookmarks", "∞", "is not a number or range"},
		{"otp", "A/B", "should be yes or no"},
		{"focus", "Ines", "not the number of a tag"},
		{"after", strings.Repeat("A", 2000), "leads nowhere"},
		{"words", "many", "is not a number or range"},
		{"kudos", "<0", "is not a number or range"},
		{"updated", "2024-13", "is not a date or span"},
		{"complete", "perhaps", "should be yes or no"},
		{"creator", "me", "is not a number of a creator"},
		{"series", "5000000000", "is not a number of a series"},
		{"lang", "Nonsense!", "is no language"},
		{"sort", "luck", "is no order"},
		{"dir", "up", "should be asc or desc"},
		{"page", "0", "is not the number of a page"},
		{"page", "-1", "is not the number of a page"},
		{"page", "two", "is not the number of a page"},
		{"per", "21", "20, 50 or 100"},
	} {
		q, problems := ParseQuestion(url.Values{test.name: {test.value}})
		if len(problems) != 1 || problems[0].Field != test.name || !strings.Contains(problems[0].Message, test.want) {
			t.Errorf("%s=%s tells %v, want %q", test.name, test.value, problems, test.want)
		}
		if want := (Question{Page: 1, Per: 20}); !reflect.DeepEqual(q, want) {
			t.Errorf("%s=%s asks %+v", test.name, test.value, q)
		}
	}
	many := url.Values{}
	for id := range archive.TagID(1000) {
		many.Add("include", public(id+1))
	}
	if q, problems := ParseQuestion(many); len(q.Include) != maxTags || len(problems) != 1 {
		t.Errorf("a thousand tags: %d are asked, %v", len(q.Include), problems)
	}
}

func TestPageBeyondTheLast(t *testing.T) {
	w := newDice(1).world(65)
	f := w.finder()
	for _, test := range []struct {
		v    url.Values
		want string
	}{
		{url.Values{"page": {"4"}}, "There is no page 4: the last one is 3."},
		{url.Values{"page": {"1000000000000000000"}}, "the last one is 3."},
		{url.Values{"page": {"2"}, "status": {"reading"}}, "There is no page 2: all that was found is on one page."},
		{url.Values{"page": {strings.Repeat("9", 400)}}, "the last one is 3."},
	} {
		q, _ := ParseQuestion(test.v)
		a, err := f.Works(t.Context(), archive.Viewer{Person: 3, Moderator: true}, q)
		var beyond PageError
		if !errors.As(err, &beyond) || !errors.Is(err, errs.NotFound) || !strings.Contains(err.Error(), test.want) || beyond.Pages != a.Pages {
			t.Errorf("%v: %v, want %q", test.v, err, test.want)
		}
	}
}

func FuzzParseQuestion(f *testing.F) {
	for _, seed := range []string{
		"q=fluff&include=1&include=2&any=3&exclude=4&words=1000-5000&updated=<30d",
		"focus=12&otp=yes&hits=>3&comments=<9&bookmarks=1..&after=AQIDBA&q=focus:a%20otp:b%20text:c*",
		"q=moon%20sort:random&seed=3&after=start",
		"lang=en&lang=de&complete=no&sort=random&seed=4&dir=asc&page=2&per=100",
		"creator=12&series=5&status=reading&kudos=>10&chapters=1&posted=2020..",
		"page=99999999999999999999&words=-&per=&q=%ff%00(((",
	} {
		f.Add(seed)
	}
	finder := newDice(1).world(30).finder()
	f.Fuzz(func(t *testing.T, raw string) {
		v, _ := url.ParseQuery(raw)
		q, _ := ParseQuestion(v)
		again, problems := ParseQuestion(q.Values())
		if !reflect.DeepEqual(again, q) || len(problems) > 0 {
			t.Fatalf("%q asks %+v, whose link %s asks %+v, %v", raw, q, q.Values().Encode(), again, problems)
		}
		a, err := finder.Works(t.Context(), archive.Viewer{}, q)
		if err != nil && !errors.Is(err, errs.NotFound) {
			t.Fatalf("%q: %v", raw, err)
		}
		for _, p := range a.Ignored {
			if p.Message == "" || !slices.Contains([]string{"q", "include", "any", "exclude", "focus", "status", "after"}, p.Field) {
				t.Fatalf("%q tells %+v", raw, p)
			}
		}
	})
}
