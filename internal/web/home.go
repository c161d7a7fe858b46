package web

import (
	"html/template"
	"net/http"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var (
	homeView = page.New[homePage](templates, "home/show")
	helpView = page.New[helpPage](templates, "home/help")
)

// homePage is what one comes home to: the newest works on a shelf, the
// fandoms, and the door through which stories come in.
type homePage struct {
	page.Frame
	Count     string
	Shelf     []template.HTML // cards
	Fandoms   []counting
	Languages []counting
}

type helpPage struct {
	page.Frame
	Fields []helpLine
	Keys   []helpLine
}

type helpLine struct{ Example, Href, Says string }

const (
	shelfWorks  = 12
	homeFandoms = 24
)

func (s *Site) showHome(w http.ResponseWriter, r *http.Request) error {
	return s.keepFound(w, r, func(tag string) (*answer.Answer, error) {
		viewer := s.Viewer(r)
		found, err := s.Finder.Works(r.Context(), viewer, find.Question{Now: s.Now()})
		if err != nil {
			return nil, err
		}
		works, err := s.visible(r.Context(), viewer, found.IDs[:min(len(found.IDs), shelfWorks)])
		if err != nil {
			return nil, err
		}
		shelf, err := s.cards(r, works)
		if err != nil {
			return nil, err
		}
		fandoms, err := s.Finder.TagsOf(r.Context(), viewer, find.Question{}, find.FacetQuestion{Kind: archive.Fandom, Per: homeFandoms})
		if err != nil {
			return nil, err
		}
		v := newHomePage(shelf, found.Total, fandoms.Tags, s.Finder.Languages(viewer))
		v.Frame = s.Frame(r, "", "")
		return homeView.KeepQuick(v, tag)
	})
}

func newHomePage(shelf []template.HTML, total int, fandoms []find.Facet, languages []find.LanguageFacet) homePage {
	v := homePage{Count: words.Counted(total, "work", "works"), Shelf: shelf}
	for _, f := range fandoms {
		v.Fandoms = append(v.Fandoms, counting{link{Href: address.Tag(f.ID), Label: f.Name}, words.Number(f.Count)})
	}
	if len(languages) > 1 {
		for _, l := range languages {
			if l.Code != "" {
				v.Languages = append(v.Languages, counting{link{Href: address.Language(l.Code), Label: words.Language(l.Code)}, words.Number(l.Count)})
			}
		}
	}
	return v
}

func (s *Site) showHelp(w http.ResponseWriter, r *http.Request) error {
	v := helpPage{Frame: s.Frame(r, "Help", "help"), Fields: examples(), Keys: helpKeys}
	return helpView.Show(w, r, http.StatusOK, v)
}

var helpKeys = []helpLine{
	{Example: "/", Says: "to the search box"},
	{Example: "j k", Says: "next and previous work in a list"},
	{Example: "← →", Says: "previous and next chapter, or page of a list"},
}

// examples are questions that can be tried as they stand.
func examples() []helpLine {
	var lines []helpLine
	for _, e := range listing.Examples {
		lines = append(lines, helpLine{e[0], address.Search(e[0]), e[1]})
	}
	return lines
}
