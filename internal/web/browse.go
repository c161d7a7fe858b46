package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/text"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/guard"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var (
	fandomsView = page.New[fandomsPage](templates, "browse/fandoms")
	seriesView  = page.New[seriesPage](templates, "browse/series")
)

// fandomsPage is the index of fandoms, by their first letter.
type fandomsPage struct {
	page.Frame
	Count   string
	Letters []letter
	Typed   string
	Pager   listing.Pager
}

type letter struct {
	Name, ID string
	Fandoms  []counting
}

// A counting is a link with a number beside it.
type counting struct {
	link
	Count string
}

const (
	fandomsPerPage = 300
	maxTyped       = 200 // bytes of a name
)

// showFandoms lists the fandoms by name, or those with words that begin with
// what was typed.
func (s *Site) showFandoms(w http.ResponseWriter, r *http.Request) error {
	typed := strings.TrimSpace(strings.ToValidUTF8(r.URL.Query().Get("name"), ""))
	typed = strings.ToValidUTF8(typed[:min(len(typed), maxTyped)], "")
	n, _ := strconv.Atoi(r.URL.Query().Get("page")) // what is none is the first
	found, err := s.Finder.TagsOf(r.Context(), s.Viewer(r), find.Question{}, find.FacetQuestion{Kind: archive.Fandom, Typed: typed, ByName: true, Page: max(n, 1), Per: fandomsPerPage})
	if err != nil {
		return err
	}
	v := newFandomsPage(found, typed)
	v.Frame = s.Frame(r, "Fandoms", "fandoms")
	return fandomsView.Show(w, r, http.StatusOK, v)
}

func newFandomsPage(found find.FacetAnswer, typed string) fandomsPage {
	v := fandomsPage{Count: words.Counted(found.Total, "fandom", "fandoms"), Typed: typed}
	var fandoms []archive.Tag
	for _, f := range found.Tags {
		fandoms = append(fandoms, archive.Tag{ID: f.ID, Name: f.Name, Uses: f.Count})
	}
	v.Letters = byLetter(fandoms)
	v.Pager = listing.Pages(found.Page, found.Pages, func(n int) string {
		v := url.Values{}
		if typed != "" {
			v.Set("name", typed)
		}
		if n > 1 {
			v.Set("page", strconv.Itoa(n))
		}
		return address.With("/fandoms", v)
	})
	return v
}

// byLetter is an index of tags.
func byLetter(tags []archive.Tag) []letter {
	var letters []letter
	for i, l := range words.ByLetter(tags) {
		next := letter{Name: l.Name, ID: "letter-" + strconv.Itoa(i)}
		for _, t := range l.Tags {
			next.Fandoms = append(next.Fandoms, counting{link{Href: address.Tag(t.ID), Label: t.Name}, words.Number(t.Uses)})
		}
		letters = append(letters, next)
	}
	return letters
}

// tagScope is the works of a tag, with its synonyms and subtags above them. A
// synonym leads to the tag it stands for.
func (s *Site) tagScope(r *http.Request) (sc listing.Scope, moved bool, err error) {
	id, err := publicNumber(r, "tag")
	if err != nil {
		return sc, false, err
	}
	page, err := s.Finder.Tag(s.Viewer(r), archive.TagFromPublic(id))
	if err != nil {
		return sc, false, err
	}
	sc = listing.Scope{Path: address.Tag(page.Canonical.ID), Heading: page.Canonical.Name, Lead: groupLabels[page.Canonical.Kind][0], Tag: page.Canonical.ID}
	for _, line := range []struct {
		label string
		tags  []archive.Tag
	}{{"Also found as", page.Synonyms}, {"Of", page.Fandoms}, {"Part of", page.Metatags}, {"Holds", page.Subtags}, {"People and ships", page.Children}} {
		if len(line.tags) > 0 {
			sc.About = append(sc.About, aboutLine(line.label, tagLinks(line.tags[:min(len(line.tags), shownAbout)])...))
		}
	}
	return sc, page.Canonical.ID != page.Tag.ID, nil
}

// aboutLine says something of the thing whose works are listed.
func aboutLine(label string, links ...link) listing.About {
	line := listing.About{Label: label}
	for _, l := range links {
		line.Links = append(line.Links, listing.Link(l))
	}
	return line
}

const shownAbout = 12 // related tags of one kind above a tag's works

// creatorScope knows of a creator only if a work of theirs may be seen.
func (s *Site) creatorScope(r *http.Request) (sc listing.Scope, moved bool, err error) {
	id, err := publicNumber(r, "creator")
	if err != nil {
		return sc, false, err
	}
	sc = listing.Scope{Path: address.Creator(archive.CreatorFromPublic(id)), Lead: "Works by", Creator: archive.CreatorFromPublic(id)}
	answer, err := s.Finder.Works(r.Context(), s.Viewer(r), find.Question{Creator: sc.Creator})
	if err == nil && answer.Total == 0 || sc.Creator == 0 {
		err = fmt.Errorf("creator %d: %w", id, errs.NotFound)
	}
	if err != nil {
		return sc, false, err
	}
	err = s.Store.Read(r.Context(), func(tx *store.Tx) error {
		creator, err := tx.Creator(sc.Creator)
		sc.Heading = creator.String()
		if strings.HasPrefix(creator.URL, "https://") || strings.HasPrefix(creator.URL, "http://") {
			sc.About = []listing.About{aboutLine("Profile", link{Href: creator.URL, Label: guard.HostOf(creator.URL)})}
		}
		return err
	})
	return sc, false, err
}

// languageScope is the works in a language.
func languageScope(r *http.Request) (sc listing.Scope, moved bool, err error) {
	code := r.PathValue("language")
	name := text.LanguageName(code)
	if name == "" || text.Language(code) != code {
		return sc, false, fmt.Errorf("language %q: %w", code, errs.NotFound)
	}
	return listing.Scope{Path: address.Language(code), Heading: name, Lead: "Language", Language: code}, false, nil
}

// publicNumber reads an id in the address.
func publicNumber(r *http.Request, name string) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || id <= 0 {
		return 0, fmt.Errorf("%s %q: %w", name, r.PathValue(name), errs.NotFound)
	}
	return id, nil
}

// seriesPage is the works of a series in their order.
type seriesPage struct {
	page.Frame
	Heading string
	Count   string
	Source  link
	By      []link
	Parts   []seriesPart
	Rescued template.HTML // what came along with it from another archive
}

type seriesPart struct {
	Number string
	Blurb  template.HTML
}

func (s *Site) showSeries(w http.ResponseWriter, r *http.Request) error {
	id, err := publicNumber(r, "series")
	if err != nil {
		return err
	}
	var series archive.Series
	var works []archive.Work
	var rescued template.HTML
	below := false // there are series within it
	err = s.Store.Read(r.Context(), func(tx *store.Tx) error {
		if series, err = tx.Series(archive.SeriesFromPublic(id)); err != nil {
			return err
		}
		if rescued, below, err = s.Rescues.SeriesOf(tx, s.Viewer(r), series.ID); err != nil {
			return err
		}
		works, err = s.seriesWorks(tx, s.Viewer(r), series.ID)
		return err
	})
	if err == nil && len(works) == 0 && !below {
		err = fmt.Errorf("series %d: no work for this viewer: %w", series.ID, errs.NotFound)
	}
	if err != nil {
		return err
	}
	v := newSeriesPage(series, works, s.blurbs(works))
	v.Rescued = rescued
	v.Frame = s.Frame(r, series.Title, "")
	return seriesView.Show(w, r, http.StatusOK, v)
}

// seriesWorks are the works of a series that v may see, in their order.
func (s *Site) seriesWorks(tx *store.Tx, v archive.Viewer, id archive.SeriesID) ([]archive.Work, error) {
	ids, err := tx.SeriesWorks(id)
	if err != nil {
		return nil, err
	}
	works, err := tx.Works(ids)
	return slices.DeleteFunc(works, func(w archive.Work) bool { return !v.MaySeeWork(w) }), err
}

func newSeriesPage(series archive.Series, works []archive.Work, blurbs []template.HTML) seriesPage {
	v := seriesPage{Heading: series.Title}
	total := 0
	for i, work := range works {
		total += work.Words
		part := seriesPart{Blurb: blurbs[i]}
		for _, p := range work.Series {
			if p.Series.ID == series.ID && p.Number > 0 {
				part.Number = strconv.Itoa(p.Number)
			}
		}
		v.Parts = append(v.Parts, part)
		for _, l := range creatorLinks(work.Creators) {
			if !slices.Contains(v.By, l) {
				v.By = append(v.By, l)
			}
		}
	}
	v.Count = words.Counted(len(works), "work", "works") + ", " + words.Counted(total, "word", "words")
	if strings.HasPrefix(series.URL, "https://") || strings.HasPrefix(series.URL, "http://") {
		v.Source = link{Href: series.URL, Label: guard.HostOf(series.URL)}
	}
	return v
}
