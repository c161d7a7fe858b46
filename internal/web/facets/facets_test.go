package facets

import (
	"net/url"
	"slices"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
)

// follow reads the question of a link on the page.
func follow(t *testing.T, href string) (path string, q find.Question, of find.FacetQuestion) {
	t.Helper()
	u, err := url.Parse(href)
	if err != nil {
		t.Fatal(err)
	}
	v := u.Query()
	of = asked(v)
	v.Del("page")
	q, problems := find.ParseQuestion(v)
	if problems != nil {
		t.Errorf("%s: %v", href, problems)
	}
	return u.Path, q, of
}

// TestPartsAreLinks follows the four parts of a tag from each part it may play:
// it plays the new one alone, and the one it plays is taken back.
func TestPartsAreLinks(t *testing.T) {
	lists := []func(*find.Question) *[]archive.TagID{included, anyOf, excluded, focused}
	const tag, synonym, other = archive.TagID(6001), archive.TagID(6009), archive.TagID(6002)
	for from := -1; from < len(lists); from++ {
		for _, as := range []archive.TagID{tag, synonym} {
			m := specimen(archive.CharacterTag, "Ysolde", "Tam")
			m.of.Typed, m.of.ByName, m.question.Include = "y", true, []archive.TagID{other}
			m.answer.Named = map[archive.TagID]archive.Tag{synonym: {ID: synonym, Canonical: tag}}
			if from >= 0 {
				*lists[from](&m.question) = append(*lists[from](&m.question), as)
			}
			row := newShowPage(m).Rows[0]
			if len(row.Parts) != len(lists) {
				t.Fatalf("%d parts", len(row.Parts))
			}
			for to, part := range row.Parts {
				_, q, of := follow(t, part.Href)
				if of.Kind != archive.CharacterTag || of.Typed != "y" || !of.ByName || !slices.Contains(q.Include, other) {
					t.Errorf("%s loses what was asked", part.Href)
				}
				if part.Chosen != (from == to) {
					t.Errorf("from %d to %d: chosen is %v", from, to, part.Chosen)
				}
				for i, list := range lists {
					if has, want := slices.Contains(*list(&q), tag), i == to && from != to; has != want || slices.Contains(*list(&q), synonym) {
						t.Errorf("from %d to %d as %d: list %d is %v", from, to, as, i, *list(&q))
					}
				}
			}
		}
	}
}

// The page of a scope stays within it, and leads back to it.
func TestScopes(t *testing.T) {
	m := specimen(archive.Freeform, "Grief", "Tea")
	m.scope = listing.Scope{Path: address.Tag(7), Heading: "Salt", Tag: 7}
	m.question = m.scope.Narrow(find.Question{Query: "lamp", Page: 9, After: "x"})
	v := newShowPage(m)
	if v.Works.Href != address.Tag(7)+"?q=lamp" {
		t.Errorf("the works are at %s", v.Works.Href)
	}
	for _, href := range []string{v.Rows[0].Parts[0].Href, v.Kinds[2].Href, v.Orders[1].Href} {
		path, q, _ := follow(t, href)
		if path != address.Tag(7)+"/facets" || q.Query != "lamp" || q.After != "" || slices.Contains(q.Include, 7) {
			t.Errorf("%s leaves the scope, or keeps the page", href)
		}
	}
}

func TestAsked(t *testing.T) {
	for query, want := range map[string]find.FacetQuestion{
		"":                                  {Kind: archive.Fandom, Page: 1, Per: perPage},
		"kind=tag&typed=+fam+":              {Kind: archive.Freeform, Typed: "fam", Page: 1, Per: perPage},
		"kind=colour&page=x&order=hue":      {Kind: archive.Fandom, Page: 1, Per: perPage},
		"page=-3&order=name":                {Kind: archive.Fandom, Page: 1, Per: perPage, ByName: true},
		"page=7":                            {Kind: archive.Fandom, Page: 7, Per: perPage},
		"page=99999999":                     {Kind: archive.Fandom, Page: lastPage, Per: perPage},
		"page=1000000000000000000000&kind=": {Kind: archive.Fandom, Page: 1, Per: perPage},
	} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := asked(v); got != want {
			t.Errorf("%s: %+v, want %+v", query, got, want)
		}
	}
}
