package find

import (
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/index"
)

// library is a small archive with all that questions are about.
func library() (*Finder, []archive.Work) {
	tag := func(id archive.TagID, kind archive.Kind, name string, canonical archive.TagID) archive.Tag {
		return archive.Tag{ID: id, Kind: kind, Name: name, Canonical: canonical}
	}
	list := []archive.Tag{
		tag(1, archive.Fandom, "Sherlock Holmes & Related Fandoms", 0),
		tag(2, archive.Fandom, "Sherlock (TV)", 0),
		tag(3, archive.Fandom, "BBC Sherlock", 2),
		tag(4, archive.Fandom, "Treasure Island", 0),
		tag(5, archive.Relationship, "Sherlock Holmes/John Watson", 0),
		tag(6, archive.Relationship, "Johnlock", 5),
		tag(7, archive.Freeform, "Fluff", 0),
		tag(8, archive.Freeform, "Slow Burn", 0),
		tag(9, archive.Rating, archive.RatingExplicit, 0),
		tag(10, archive.Rating, archive.RatingGeneral, 0),
		tag(11, archive.CharacterTag, "Jim Hawkins", 0),
	}
	with := func(ids ...archive.TagID) (tags []archive.Tag) {
		for _, id := range ids {
			tags = append(tags, list[id-1])
		}
		return tags
	}
	works := []archive.Work{
		{ID: 1, Title: "The Long Night", Tags: with(3, 6, 8, 9), Language: "en", Words: 12_000, Kudos: 5, Summary: prose.FromText("A slow evening in Baker Street.")},
		{ID: 2, Title: "Élan", Tags: with(2, 5, 7, 10), Language: "fr", Words: 900, Kudos: 50, Complete: true},
		{ID: 3, Title: "Pieces of Eight", Tags: with(4, 11, 7, 10), Language: "en", Words: 4000, Kudos: 9, Complete: true},
		{ID: 4, Title: "Baker Street at Sea", Tags: with(2, 4), Language: "en", Words: 50, Creators: []archive.Creator{{ID: 1, Name: "fluffy"}}},
	}
	c := index.Change{Tags: list, Linked: []archive.TagID{1, 4}, Links: []archive.TagLink{{Parent: 1, Child: 2, Sub: true}, {Parent: 4, Child: 11}}}
	for i := range works {
		works[i].Visibility, works[i].Posted, works[i].Updated = archive.Public, now.AddDate(0, 0, -10*i), now.AddDate(0, 0, -10*i)
		c.Docs = append(c.Docs, docOf(works[i]))
	}
	f := &Finder{gate: newGate()}
	f.current.Store(newState(index.New().With(c), 1))
	return f, works
}

func TestQueries(t *testing.T) {
	f, works := library()
	for _, test := range []struct{ query, want, told string }{
		{"", "The Long Night, Élan, Pieces of Eight, Baker Street at Sea", ""},
		{"elan", "Élan", ""},
		{"baker", "Baker Street at Sea, The Long Night", ""}, // the title says more than the summary
		{"fluff", "Élan, Pieces of Eight", ""},
		{`"slow burn"`, "The Long Night", ""},
		{`"burn slow"`, "", ""},
		{"title:baker", "Baker Street at Sea", ""},
		{"creator:fluffy", "Baker Street at Sea", ""},
		{`fandom:"sherlock (tv)"`, "The Long Night, Élan, Baker Street at Sea", ""},
		{`fandom:"BBC Sherlock"`, "The Long Night, Élan, Baker Street at Sea", ""},
		{`fandom:"Sherlock Holmes & Related Fandoms"`, "The Long Night, Élan, Baker Street at Sea", ""},
		{"ship:johnlock", "The Long Night, Élan", ""},
		{"ship:johnlock -tag:fluff", "The Long Night", ""},
		{"rating:e OR rating:general", "The Long Night, Élan, Pieces of Eight", ""},
		{"fandom:baker", "Baker Street at Sea, The Long Night", "There is no fandom “baker”; it was looked up as words."},
		{"words:>1k sort:words", "The Long Night, Pieces of Eight", ""},
		{"words:>1k sort:words dir:asc", "Pieces of Eight, The Long Night", ""},
		{"updated:<15d", "The Long Night, Élan", ""},
		{"lang:français", "Élan", ""},
		{"lang:klingonese complete:no", "The Long Night, Baker Street at Sea", "no language"},
		{"crossover:yes", "Baker Street at Sea", ""},
		{"text:night elan", "Élan", "inside the text of stories"},
		{"in:shelf", "", "Nothing is on your shelf."},
		{"♥♥ elan", "Élan", "no letter or digit"},
		{"(((", "The Long Night, Élan, Pieces of Eight, Baker Street at Sea", "never closed"},
	} {
		if got := strings.Join(titles(t, f, archive.Viewer{}, works, Question{Query: test.query}), ", "); got != test.want {
			t.Errorf("%s finds %s, want %s", test.query, got, test.want)
		}
		a, _ := f.Works(t.Context(), archive.Viewer{}, Question{Query: test.query, Now: now})
		told := ""
		for _, p := range a.Ignored {
			told += p.Message
		}
		if !strings.Contains(told, test.told) || test.told == "" && told != "" {
			t.Errorf("%s tells %q, want %q", test.query, told, test.told)
		}
	}
}

func TestAnswerNamesTags(t *testing.T) {
	f, _ := library()
	a, err := f.Works(t.Context(), archive.Viewer{}, Question{Include: []archive.TagID{3}, Exclude: []archive.TagID{9, 999}, Query: "ship:johnlock"})
	if err != nil {
		t.Fatal(err)
	}
	for id, name := range map[archive.TagID]string{3: "BBC Sherlock", 9: archive.RatingExplicit, 6: "Johnlock", 999: ""} {
		if a.Tags[id].Name != name {
			t.Errorf("tag %d is %q, want %q", id, a.Tags[id].Name, name)
		}
	}
	want := []Facet{{1, "Sherlock Holmes & Related Fandoms", 1, NotChosen}, {2, "Sherlock (TV)", 1, Included}}
	if got := a.Facets[archive.Fandom]; !slices.Contains(got, want[0]) || !slices.Contains(got, want[1]) || len(got) != 2 {
		t.Errorf("fandoms %v, want %v", got, want)
	}
	if got := a.Facets[archive.Rating]; !slices.Contains(got, Facet{9, archive.RatingExplicit, 0, Excluded}) {
		t.Errorf("the excluded rating is not listed: %v", got)
	}
	if len(a.Ignored) != 1 || a.Ignored[0].Field != "exclude" {
		t.Errorf("of the tag that is none it tells %v", a.Ignored)
	}
}

func TestNothingFoundHelps(t *testing.T) {
	f, _ := library()
	a, err := f.Works(t.Context(), archive.Viewer{}, Question{Query: "fluff title:pieces", Include: []archive.TagID{9}, Words: Range{Min: 1000}})
	if err != nil || a.Total != 0 || a.Pages != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	if len(a.Without) != 1 || a.Without[0].Filter != "include" || a.Without[0].Value != archive.RatingExplicit || a.Without[0].Total != 1 {
		t.Errorf("without: %+v", a.Without)
	}
	for _, typed := range []string{"fandom:sherl", "fandom:sherlok"} {
		a, _ = f.Works(t.Context(), archive.Viewer{}, Question{Query: typed})
		if len(a.DidYouMean) != 2 || a.DidYouMean[0].Name != "Sherlock (TV)" || a.DidYouMean[0].Uses != 3 {
			t.Errorf("for %s it means %v", typed, a.DidYouMean)
		}
	}
	a, _ = f.Works(t.Context(), archive.Viewer{}, Question{Query: "flufff"})
	if len(a.DidYouMean) != 1 || a.DidYouMean[0].Name != "Fluff" {
		t.Errorf("for flufff it means %v", a.DidYouMean)
	}
}

func TestTagPage(t *testing.T) {
	f, _ := library()
	names := func(tags []archive.Tag) string {
		var list []string
		for _, t := range tags {
			list = append(list, t.Name)
		}
		return strings.Join(list, ", ")
	}
	p, err := f.Tag(archive.Viewer{}, 3)
	if err != nil {
		t.Fatal(err)
	}
	if p.Tag.Name != "BBC Sherlock" || p.Canonical.ID != 2 || p.Canonical.Uses != 3 || names(p.Synonyms) != "BBC Sherlock" || names(p.Metatags) != "Sherlock Holmes & Related Fandoms" {
		t.Errorf("BBC Sherlock: %+v", p)
	}
	if p, _ := f.Tag(archive.Viewer{}, 1); names(p.Subtags) != "Sherlock (TV)" || p.Tag.Uses != 3 {
		t.Errorf("the metatag: %+v", p)
	}
	if p, _ := f.Tag(archive.Viewer{}, 4); names(p.Children) != "Jim Hawkins" {
		t.Errorf("Treasure Island: %+v", p)
	}
	if p, _ := f.Tag(archive.Viewer{}, 11); names(p.Fandoms) != "Treasure Island" {
		t.Errorf("Jim Hawkins: %+v", p)
	}
	if got := names(f.Fandoms(archive.Viewer{})); got != "Sherlock (TV), Sherlock Holmes & Related Fandoms, Treasure Island" {
		t.Errorf("fandoms: %s", got)
	}
	if got := f.Languages(archive.Viewer{}); !slices.Equal(got, []LanguageFacet{{Code: "en", Count: 3}, {Code: "fr", Count: 1}}) {
		t.Errorf("languages: %v", got)
	}
}
