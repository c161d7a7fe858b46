package web

import (
	"net/url"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/web/address"
)

// hostileQueries are parameters that nobody means well with.
func hostileQueries() map[string]string {
	tags := strings.Builder{}
	for i := range 1000 {
		tags.WriteString("&include=" + address.Number(archive.TagID(i+1).Public()) + "&any=" + address.Number(archive.TagID(i+2).Public()))
	}
	q := func(s string) string { return "q=" + url.QueryEscape(s) }
	return map[string]string{
		"10 KB of words":       q(strings.Repeat("lamp ", 2000)),
		"10 KB of one word":    q(strings.Repeat("x", 10_000)),
		"1,000 tags":           strings.TrimPrefix(tags.String(), "&"),
		"depth 1,000":          q(strings.Repeat("(", 1000) + "tea" + strings.Repeat(")", 1000)),
		"a thousand not":       q(strings.Repeat("-", 1000) + "tea"),
		"a thousand or":        q(strings.Repeat("a OR b ", 1000)),
		"page 10^18":           "page=1000000000000000000",
		"page beyond numbers":  "page=" + strings.Repeat("9", 100),
		"invalid UTF-8":        "q=%ff%fe&typed=%c3%28&line=%ff&fandom=%80&find-character=%ff",
		"NUL":                  "q=a%00b&typed=%00&line=%00&kind=%00&after=%00&include=%00&words=%00",
		"a regular expression": q(`(a+)+$|.*(.*)*[^x]`),
		"negative ranges":      "words=-5--1&kudos=-1&hits=%3C-3&comments=-0&bookmarks=5-1&posted=-2020",
		"a cursor of nobody":   "after=AAAA%2F..%2F&page=3",
		"a long cursor":        "after=" + strings.Repeat("x", 5000),
		"broken escapes":       "q=%zz&%=1;;;",
		"no kind":              "kind=colour&order=sideways&typed=" + strings.Repeat("a+", 3000),
		"text":                 q(`text:"` + strings.Repeat("lit window ", 500) + `" text:* text:"" text:-`),
		"a line without end":   "line=" + strings.Repeat("the+lamp+", 2000),
		"a memory of nonsense": "line=lamp&length=x&words-from=many&words-to=-1&since=soon&until=never&complete=perhaps&lang=elvish&fandom=%22%22%22&ship=%28%28",
		"reasons of nobody":    "not=" + strings.Repeat("t1&not=t", 500),
		"both ends of time":    "updated=0001..9999&posted=99999999999999999999",
	}
}

// TestHostileQuestions asks every page that reads parameters. Each answers with
// what it could read, or says that there is no such page; none breaks.
func TestHostileQuestions(t *testing.T) {
	h := newHouse(t)
	work := h.works[archive.Public]
	paths := []string{"/works", "/works/facets", address.Tag(h.tags[archive.Public].ID), address.Tag(h.tags[archive.Public].ID) + "/facets", address.Alike(work.ID), "/remember", "/fandoms"}
	for name, query := range hostileQueries() {
		for _, path := range paths {
			got := h.get(t, path+"?"+query)
			if place := got.header.Get("Location"); got.status == 303 {
				got = h.get(t, place)
			}
			if got.status != 200 {
				t.Errorf("%s at %s: %d", name, path, got.status)
			}
			if strings.Contains(got.body, "\x00") || len(got.body) > 200<<10 {
				t.Errorf("%s at %s: %d bytes", name, path, len(got.body))
			}
		}
	}
}
