package archive

import (
	"errors"
	"strings"
	"testing"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
)

func TestCheck(t *testing.T) {
	good := func() Work {
		return Work{
			Title: "Tea", Creators: []Creator{{Name: "Alice"}}, Recipient: []string{"Bob"}, Collections: []string{"Party"},
			Tags: []Tag{{Kind: Fandom, Name: "Cups"}}, Series: []Part{{Series: Series{Title: "Kitchen"}}}, Visibility: Public,
		}
	}
	long := strings.Repeat("é", MaxTitle+1)
	for _, test := range []struct {
		what   string
		change func(w *Work)
		field  string // with a problem; "" if there is none
	}{
		{"nothing", func(w *Work) {}, ""},
		{"the longest title", func(w *Work) { w.Title = strings.Repeat("é", MaxTitle) }, ""},
		{"the most tags", func(w *Work) { w.Tags = make([]Tag, MaxTags); w.nameTags() }, ""},
		{"no creators, no tags", func(w *Work) { w.Creators, w.Tags = nil, nil }, ""},
		{"no title", func(w *Work) { w.Title = "" }, "title"},
		{"a long title", func(w *Work) { w.Title = long }, "title"},
		{"a creator without a name", func(w *Work) { w.Creators[0].Name = "" }, "creators"},
		{"a long account", func(w *Work) { w.Creators[0].Account = long }, "creators"},
		{"a long address", func(w *Work) { w.Creators[0].URL = strings.Repeat("a", MaxAddress+1) }, "creators"},
		{"many creators", func(w *Work) { w.Creators = make([]Creator, MaxNames+1) }, "creators"},
		{"a long recipient", func(w *Work) { w.Recipient[0] = long }, "recipients"},
		{"a long collection", func(w *Work) { w.Collections[0] = long }, "collections"},
		{"a tag without a name", func(w *Work) { w.Tags[0].Name = "" }, "tags"},
		{"a tag without a kind", func(w *Work) { w.Tags[0].Kind = 0 }, "tags"},
		{"a tag too many", func(w *Work) { w.Tags = make([]Tag, MaxTags+1); w.nameTags() }, "tags"},
		{"a series without a title", func(w *Work) { w.Series[0].Series.Title = "" }, "series"},
		{"a part below zero", func(w *Work) { w.Series[0].Number = -1 }, "series"},
		{"a long summary", func(w *Work) { w.Summary = prose.Parse("<p>" + strings.Repeat("a", MaxFront) + "</p>") }, "summary"},
		{"many chapters", func(w *Work) { w.Chapters = make([]ChapterHead, MaxChapters+1) }, "chapters"},
		{"a plan below zero", func(w *Work) { w.ChaptersPlanned = -1 }, "chapters_planned"},
		{"no such visibility", func(w *Work) { w.Visibility = Public + 1 }, "visibility"},
		{"a long language", func(w *Work) { w.Language = long }, "language"},
		{"a long source", func(w *Work) { w.Source.URL = strings.Repeat("a", MaxAddress+1) }, "source"},
		{"a year to come", func(w *Work) { w.Posted = time.Date(12024, 1, 1, 0, 0, 0, 0, time.UTC) }, "posted"},
		{"a year before the first", func(w *Work) { w.Updated = time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC) }, "updated"},
	} {
		w := good()
		test.change(&w)
		err := w.Check()
		var problems errs.Problems
		errors.As(err, &problems)
		if (err == nil) != (test.field == "") || (err != nil && problems.For(test.field) == "") {
			t.Errorf("%s: %v, want a problem with %q", test.what, err, test.field)
		}
	}
}

func (w *Work) nameTags() {
	for i := range w.Tags {
		w.Tags[i] = Tag{Kind: Freeform, Name: "a"}
	}
}

func TestCheckChapters(t *testing.T) {
	words := Chapter{Text: prose.Parse("<p>Tea.</p>"), Words: 1}
	for _, test := range []struct {
		what  string
		cs    []Chapter
		field string
	}{
		{"words", []Chapter{words}, ""},
		{"words after an empty chapter", []Chapter{{}, words}, ""},
		{"a picture", []Chapter{{Text: prose.Parse(`<p><img src="https://example.org/a.png"></p>`)}}, ""},
		{"nothing", nil, "text"},
		{"empty chapters", []Chapter{{}, {}}, "text"},
		{"notes only", []Chapter{{Notes: words.Text}}, "text"},
		{"a long title", []Chapter{{Title: strings.Repeat("a", MaxTitle+1), Words: 1}}, "chapters"},
	} {
		err := CheckChapters(test.cs)
		var problems errs.Problems
		errors.As(err, &problems)
		if (err == nil) != (test.field == "") || (err != nil && problems.For(test.field) == "") {
			t.Errorf("%s: %v, want a problem with %q", test.what, err, test.field)
		}
	}
}

func TestMayShow(t *testing.T) {
	for _, test := range []struct {
		is, as           Visibility
		keeper, moderate bool
	}{
		{Private, Public, true, false},
		{Public, Private, true, false},
		{Public, Restricted, true, false},
		{Public, Public + 1, false, false},
		{Public, Hidden, false, true},
		{Hidden, Public, false, true},
		{Hidden, Private, false, true},
	} {
		w := Work{Keeper: keeper.Person, Visibility: test.is}
		if got := keeper.MayShow(w, test.as); got != test.keeper {
			t.Errorf("keeper, %s as %d: %v", test.is, test.as, got)
		}
		if got := moderator.MayShow(w, test.as); got != test.moderate {
			t.Errorf("moderator, %s as %d: %v", test.is, test.as, got)
		}
		if visitor.MayShow(w, test.as) || reader.MayShow(w, test.as) {
			t.Errorf("somebody else may show %s as %d", test.is, test.as)
		}
	}
	if visitor.MayWrangle() || reader.MayWrangle() || !moderator.MayWrangle() || !(Viewer{Person: Owner}).MayWrangle() {
		t.Error("moderators and the owner may wrangle, and nobody else")
	}
}
