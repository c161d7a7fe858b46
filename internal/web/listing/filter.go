package listing

import (
	"net/url"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/find/query"
	"ficstead/internal/web/address"
	"ficstead/internal/web/words"
)

// A filter is the panel beside a list: a form that asks for the same list with
// other parameters, by GET and without a script.
type filter struct {
	Action    string
	Query     string
	Hidden    []param // kept as they are
	Sorts     []pickedOption
	Groups    []facetGroup
	Languages []LanguageRow
	Complete  []pickedOption
	Crossover []pickedOption
	Size      []span // ranges of length and time
	Response  []span // and of what readers left
	Used      bool   // one of those is in use
	OneShip   []pickedOption
	Focus     []FacetRow // those that works may be asked to be mainly about
	Clear     string     // address without any filter, "" if none is in use
}

type option struct{ Value, Label string }

type param struct{ Name, Value string }

type pickedOption struct {
	option
	Chosen bool
}

// A facetGroup is the tags of one kind with their counts.
type facetGroup struct {
	Kind  string
	Label string
	Open  bool
	Rows  []FacetRow
	More  bool   // there may be tags that are not listed
	All   Link   // to all of them
	Typed string // what was typed to find them
	None  bool   // and nothing was found
}

// A FacetRow is a tag, how many works have it, and what part it plays.
type FacetRow struct {
	Value                   string
	Name                    string
	Count                   string
	Include, AnyOf, Exclude bool
}

// A LanguageRow is a language and how many works are in it.
type LanguageRow struct {
	Value, Name, Count string
	Chosen             bool
}

// A span is the two ends of a range as the form's fields show them.
type span struct {
	Name, Label, From, To string
	Days                  bool // and not numbers
}

// Found is how many tags of a kind a list counts, and finding more of them offers.
const Found = 10

var facetLabels = map[archive.Kind]string{
	archive.Rating: "Ratings", archive.Warning: "Warnings", archive.Category: "Categories", archive.Fandom: "Fandoms",
	archive.Relationship: "Relationships", archive.CharacterTag: "Characters", archive.Freeform: "Additional tags",
}

// KindLabel is what the tags of a kind are called above a list of them.
func KindLabel(kind archive.Kind) string { return facetLabels[kind] }

// Groups that stand open although nothing in them is chosen.
var openGroups = map[archive.Kind]bool{archive.Rating: true, archive.Warning: true, archive.Fandom: true}

func (l List) filter() filter {
	q := l.Question
	f := filter{
		Action: l.Scope.Path, Query: q.Query, Languages: l.languageRows(), Size: l.size(), Response: l.response(), Focus: l.focusRows(),
		Complete:  options(string(q.Complete), option{"", "Either"}, option{"yes", "Complete"}, option{"no", "In progress"}),
		Crossover: options(string(q.Crossover), option{"", "Either"}, option{"yes", "Only crossovers"}, option{"no", "No crossovers"}),
		OneShip:   options(string(q.OneShip), option{"", "Either"}, option{"yes", "One relationship, no other"}, option{"no", "Several or none"}),
		Sorts:     sortOptions(q.Sort),
	}
	f.Used = slices.ContainsFunc(f.Response, func(s span) bool { return s.From+s.To != "" })
	for _, kind := range archive.Kinds {
		if g := l.group(kind); len(g.Rows) > 0 || g.Typed != "" {
			f.Groups = append(f.Groups, g)
		}
	}
	kept := l.Scope.Values(q)
	for _, name := range []string{"dir", "per", "seed", "restricted", "creator", "series", "status"} {
		for _, value := range kept[name] {
			f.Hidden = append(f.Hidden, param{name, value})
		}
	}
	if len(l.Pills()) > 0 {
		f.Clear = l.Scope.Href(l.Scope.Narrow(find.Question{Sort: q.Sort, Dir: q.Dir, Per: q.Per, Seed: q.Seed}))
	}
	return f
}

func options(chosen string, all ...option) []pickedOption {
	var picked []pickedOption
	for _, o := range all {
		picked = append(picked, pickedOption{o, o.Value == chosen})
	}
	return picked
}

func sortOptions(chosen find.Sort) []pickedOption {
	all := []option{{"", "As usual"}}
	for _, s := range query.Sorts {
		all = append(all, option{string(s), sortLabels[s]})
	}
	return options(string(chosen), all...)
}

// group lists the counted tags of a kind and those found by typing.
func (l List) group(kind archive.Kind) facetGroup {
	g := facetGroup{Kind: kind.String(), Label: facetLabels[kind], Open: openGroups[kind], Typed: l.Typed[kind]}
	if g.More = g.Typed != "" || len(l.Answer.Facets[kind]) >= Found; g.More {
		q := l.Question
		q.Page, q.After = 0, ""
		v := l.Scope.Values(q)
		v.Set("kind", g.Kind)
		g.All = Link{address.With(address.Facets(l.Scope.Path), v), "All " + strings.ToLower(g.Label)}
	}
	g.None = g.Typed != "" && len(l.More[kind]) == 0
	facets := slices.Clone(l.Answer.Facets[kind])
	for _, f := range l.More[kind] {
		if !slices.ContainsFunc(facets, func(g find.Facet) bool { return g.ID == f.ID }) {
			facets = append(facets, f)
		}
	}
	for _, f := range facets {
		if f.ID == l.Scope.Tag {
			continue
		}
		row := FacetRow{address.Number(f.ID.Public()), words.Short(kind, f.Name), words.Number(f.Count), f.Chosen == find.Included, f.Chosen == find.AnyOf, f.Chosen == find.Excluded}
		g.Open = g.Open || row.Include || row.AnyOf || row.Exclude || g.Typed != ""
		g.Rows = append(g.Rows, row)
	}
	return g
}

func (l List) languageRows() []LanguageRow {
	var rows []LanguageRow
	for _, f := range l.Answer.Languages {
		if f.Code != l.Scope.Language && f.Code != "" {
			rows = append(rows, LanguageRow{f.Code, words.Language(f.Code), words.Number(f.Count), f.Chosen})
		}
	}
	return rows
}

func spanOf(name, label string, r find.Range) span {
	s := span{Name: name, Label: label}
	if r.Min > 0 {
		s.From = address.Number(int64(r.Min))
	}
	if r.Max() > 0 {
		s.To = address.Number(int64(r.Max()))
	}
	return s
}

func daysOf(name, label string, d find.DateRange) span {
	return span{name, label, d.From.String(), d.To.String(), true}
}

// size are the ranges of length and time.
func (l List) size() []span {
	q := l.Question
	return []span{spanOf("words", "Words", q.Words), spanOf("chapters", "Chapters", q.Chapters), daysOf("updated", "Updated", q.Updated), daysOf("posted", "Posted", q.Posted)}
}

// response are the ranges of what readers left.
func (l List) response() []span {
	q := l.Question
	return []span{spanOf("kudos", "Kudos", q.Kudos), spanOf("comments", "Comments", q.Comments), spanOf("bookmarks", "Bookmarks", q.Bookmarks), spanOf("hits", "Hits", q.Hits)}
}

// numbersOf is the range of a question that a parameter names, nil if none.
func numbersOf(q *find.Question, name string) *find.Range {
	return map[string]*find.Range{"words": &q.Words, "chapters": &q.Chapters, "kudos": &q.Kudos, "hits": &q.Hits, "comments": &q.Comments, "bookmarks": &q.Bookmarks}[name]
}

// focusRows are the relationships and characters that the question includes, or
// has works be mainly about: works may be asked to be about them above all.
func (l List) focusRows() []FacetRow {
	var rows []FacetRow
	for i, id := range slices.Concat(l.Question.Focus, l.Question.Include, l.Question.Any) {
		t, known := l.Answer.Tags[id]
		if !known || t.Kind != archive.Relationship && t.Kind != archive.CharacterTag || slices.ContainsFunc(rows, func(r FacetRow) bool { return r.Value == address.Number(id.Public()) }) {
			continue
		}
		rows = append(rows, FacetRow{Value: address.Number(id.Public()), Name: t.Name, Include: i < len(l.Question.Focus)})
	}
	return rows
}

// Tidy turns what the form sends into the parameters of a question: it
// drops what is empty, joins the two ends of each range, and lets a tag play
// one part only. It reports whether that changed anything.
func Tidy(v url.Values) (url.Values, bool) {
	tidy, changed := url.Values{}, false
	for name, values := range v {
		for _, value := range values {
			if strings.TrimSpace(value) == "" {
				changed = true
			} else {
				tidy.Add(name, value)
			}
		}
	}
	for name, join := range map[string]string{"words": "-", "chapters": "-", "kudos": "-", "comments": "-", "bookmarks": "-", "hits": "-", "updated": "..", "posted": ".."} {
		from, to := tidy.Get(name+"-from"), tidy.Get(name+"-to")
		if from == "" && to == "" {
			continue
		}
		tidy.Del(name + "-from")
		tidy.Del(name + "-to")
		tidy.Set(name, joined(strings.TrimSpace(from), strings.TrimSpace(to), join))
		changed = true
	}
	for _, part := range [][2]string{{"exclude", "include"}, {"exclude", "any"}, {"include", "any"}} {
		for _, id := range tidy[part[0]] {
			if slices.Contains(tidy[part[1]], id) {
				changed = true
				if tidy[part[1]] = without(tidy[part[1]], id); len(tidy[part[1]]) == 0 {
					tidy.Del(part[1])
				}
			}
		}
	}
	return tidy, changed
}

// joined spells a range with one end or two.
func joined(from, to, join string) string {
	switch {
	case from == "":
		return ".." + to
	case to == "":
		return from + ".."
	}
	return from + join + to
}
