package facets

import (
	"maps"
	"net/url"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var showView = page.New[showPage](templates, "facets/show")

// showPage is the tags of one kind among the works found.
type showPage struct {
	page.Frame
	Heading  string
	Of       string // what the works are of, "" for all
	Count    string
	Works    page.Link // to the works themselves
	Problems []string
	Pills    []listing.Pill
	Kinds    []choice
	Orders   []choice
	Form     form
	Rows     []row
	Pager    listing.Pager
	Focus    bool // tags of this kind may be what a work is mainly about
	NoTags   bool // among the works, whatever was typed
}

type choice struct {
	page.Link
	Current bool
}

// A form finds tags by their name and keeps the rest of the address.
type form struct {
	Action string
	Label  string
	Kind   string
	Hidden []hidden
	Typed  string
	All    string // address without what was typed
}

type hidden struct{ Name, Value string }

// A row is one tag with the four parts that it may play.
type row struct {
	Name  string
	Href  string // of the tag's own works
	Count string
	Parts []part
	As    string // the sign of the part it plays, "" for none
}

// A part is a link that gives a tag a part, or takes it back.
type part struct {
	Sign, Says, Href string
	Chosen           bool
}

// names are what the tags of a kind are called, one and many.
var names = map[archive.Kind][2]string{
	archive.Rating: {"rating", "ratings"}, archive.Warning: {"warning", "warnings"}, archive.Category: {"category", "categories"},
	archive.Fandom: {"fandom", "fandoms"}, archive.Relationship: {"relationship", "relationships"},
	archive.CharacterTag: {"character", "characters"}, archive.Freeform: {"tag", "tags"},
}

func newShowPage(m matter) showPage {
	kind := m.of.Kind
	m.question.Page, m.question.After = 0, ""
	v := showPage{
		Heading: listing.KindLabel(kind), Of: m.scope.Heading,
		Count: words.Counted(m.answer.Total, names[kind][0], names[kind][1]) + " in " + words.Counted(m.answer.Works, "work", "works"),
		Works: page.Link{Href: m.scope.Href(m.question), Label: "Show " + words.Counted(m.answer.Works, "work", "works")},
		Focus: kind == archive.Relationship || kind == archive.CharacterTag, NoTags: m.of.Typed == "",
	}
	if m.scope.Path == "/works" {
		v.Of = ""
	}
	for _, p := range m.problems {
		v.Problems = append(v.Problems, p.Message)
	}
	l := listing.List{Scope: m.scope, Question: m.question, Answer: find.Answer{Tags: m.answer.Named}, Address: func(q find.Question) string { return m.href(q, m.of, 1) }}
	v.Pills = l.Pills()
	v.Kinds, v.Orders, v.Form = m.kinds(), m.orders(), m.form()
	for _, f := range m.answer.Tags {
		if f.ID != m.scope.Tag {
			v.Rows = append(v.Rows, m.row(f, v.Focus))
		}
	}
	v.Pager = listing.Pages(m.answer.Page, m.answer.Pages, func(n int) string { return m.href(m.question, m.of, n) })
	return v
}

// href is the address of the page about another question or other tags.
func (m matter) href(q find.Question, of find.FacetQuestion, n int) string {
	v := m.scope.Values(q)
	v.Set("kind", of.Kind.String())
	if of.Typed != "" {
		v.Set("typed", of.Typed)
	}
	if of.ByName {
		v.Set("order", "name")
	}
	if n > 1 {
		v.Set("page", address.Number(int64(n)))
	}
	return address.With(address.Facets(m.scope.Path), v)
}

// kindsByUse has those of many tags first.
var kindsByUse = [...]archive.Kind{archive.Fandom, archive.Relationship, archive.CharacterTag, archive.Freeform, archive.Rating, archive.Warning, archive.Category}

func (m matter) kinds() []choice {
	var kinds []choice
	for _, kind := range kindsByUse {
		of := m.of
		of.Kind, of.Typed = kind, ""
		kinds = append(kinds, choice{page.Link{Href: m.href(m.question, of, 1), Label: listing.KindLabel(kind)}, kind == m.of.Kind})
	}
	return kinds
}

func (m matter) orders() []choice {
	order := func(byName bool, label string) choice {
		of := m.of
		of.ByName = byName
		return choice{page.Link{Href: m.href(m.question, of, 1), Label: label}, byName == m.of.ByName}
	}
	return []choice{order(false, "Most works"), order(true, "Name")}
}

func (m matter) form() form {
	of := m.of
	of.Typed = ""
	f := form{Action: address.Facets(m.scope.Path), Label: "Find a " + names[of.Kind][0], Kind: of.Kind.String(), Typed: m.of.Typed}
	if f.Typed != "" {
		f.All = m.href(m.question, of, 1)
	}
	query := parameters(m.href(m.question, of, 1))
	for _, name := range slices.Sorted(maps.Keys(query)) {
		for _, value := range query[name] {
			f.Hidden = append(f.Hidden, hidden{name, value})
		}
	}
	return f
}

// row offers the parts of a tag: with it, with at least one of those so marked,
// without it, and for those that works may be about, mainly about it.
func (m matter) row(f find.Facet, focus bool) row {
	r := row{Name: words.Short(m.of.Kind, f.Name), Href: address.Tag(f.ID), Count: words.Number(f.Count)}
	for _, p := range []struct {
		list       func(*find.Question) *[]archive.TagID
		sign, says string
	}{{included, "+", "with"}, {anyOf, "or", "any of:"}, {excluded, "−", "without"}, {focused, "main", "mainly about"}} {
		if p.sign == "main" && !focus {
			continue
		}
		is := m.is(f.ID)
		q := m.question
		chosen := slices.ContainsFunc(*p.list(&q), is)
		for _, list := range []func(*find.Question) *[]archive.TagID{included, anyOf, excluded, focused} {
			*list(&q) = slices.DeleteFunc(slices.Clone(*list(&q)), is)
		}
		if chosen {
			r.As = p.sign
		} else {
			*p.list(&q) = append(*p.list(&q), f.ID)
		}
		r.Parts = append(r.Parts, part{p.sign, p.says, m.href(m.scope.Narrow(q), m.of, 1), chosen})
	}
	return r
}

// is tells a tag by its own id and by those of synonyms in the question.
func (m matter) is(id archive.TagID) func(archive.TagID) bool {
	return func(other archive.TagID) bool { return other == id || m.answer.Named[other].Canonical == id }
}

// The lists of a question that a tag may stand in.
func included(q *find.Question) *[]archive.TagID { return &q.Include }
func anyOf(q *find.Question) *[]archive.TagID    { return &q.Any }
func excluded(q *find.Question) *[]archive.TagID { return &q.Exclude }
func focused(q *find.Question) *[]archive.TagID  { return &q.Focus }

// parameters are those of an address.
func parameters(href string) url.Values {
	u, err := url.Parse(href)
	if err != nil {
		return nil // it is one of our own
	}
	return u.Query()
}
