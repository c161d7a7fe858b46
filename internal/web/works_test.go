package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

// A work of thousands of tags and chapters has a page that can be opened.
func TestPageOfAnEndlessWork(t *testing.T) {
	work := archive.Work{ID: 1, Title: strings.Repeat("long ", 50)}
	for n := range 10_000 {
		work.Tags = append(work.Tags, archive.Tag{ID: archive.TagID(n + 1), Kind: archive.Freeform, Name: fmt.Sprint("Tag ", n)})
	}
	for n := range 5000 {
		work.Chapters = append(work.Chapters, archive.ChapterHead{Number: n + 1})
	}
	for query, want := range map[string][2]int{"": {listedTags, listedChapters}, "tags=all": {10_000, listedChapters}, "chapters=all": {listedTags, 5000}} {
		v := newWorkPage(work, nil)
		all, _ := url.ParseQuery(query)
		v.listed(all)
		if got := [2]int{len(v.Groups[0].Tags), len(v.Chapters)}; got != want || v.ChapterCount != "5,000 chapters" {
			t.Errorf("%q: %v of %s, want %v", query, got, v.ChapterCount, want)
		}
		if query == "" && (v.Groups[0].All == nil || v.AllChapters.Label != "All 5,000 chapters") {
			t.Errorf("no way to the rest: %+v", v.AllChapters)
		}
	}
	html := string(newBlurb(work).html())
	if len(html) > 20_000 || !strings.Contains(html, "9,992 more tags") || !strings.Contains(html, `class="long"`) {
		t.Errorf("in a list: %d bytes", len(html))
	}
}
