package alike

import (
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

//go:embed templates
var templates embed.FS

var showView = page.New[showPage](templates, "alike/show")

// Pages are the pages of works that are like one.
type Pages struct {
	*page.Room
	Blurb func(archive.Work) template.HTML // a work as lists show it
}

// Routes is their address.
func (p *Pages) Routes() page.Routes { return page.Routes{"GET /works/{work}/alike": p.show} }

const (
	shown      = 12
	mostStruck = 50 // reasons; more than a page of works has
	maxKey     = 32 // bytes of a reason in the address
)

// showPage is works that are like one, and why.
type showPage struct {
	page.Frame
	Name   string
	Href   string
	Tongue page.Tongue
	Works  []suggestion
	Struck []reason // that do not count; each link lets it count again
	Anew   string   // address without any struck
}

// A suggestion is a work with the reasons why it is there.
type suggestion struct {
	Blurb   template.HTML
	Reasons []reason
}

// A reason is a tag that both works have; its link strikes it.
type reason struct{ Label, Href string }

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	var work archive.Work
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		work, err = p.Work(tx, r)
		return err
	})
	if err != nil {
		return err
	}
	struck := Struck(r.URL.Query()["not"])
	found, err := p.Finder.Alike(r.Context(), p.Viewer(r), work, struck, shown)
	if err != nil {
		return err
	}
	var works map[archive.WorkID]archive.Work
	err = p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		works, err = Visible(tx, p.Viewer(r), found)
		return err
	})
	if err != nil {
		return err
	}
	v := newShowPage(work, found, struck, works, p.Blurb)
	v.Frame = p.Frame(r, "More like "+words.Title(work), "browse")
	v.Frame.Noindex = true
	return showView.Show(w, r, http.StatusOK, v)
}

// Struck reads the reasons that do not count.
func Struck(keys []string) []string {
	var struck []string
	for _, key := range keys {
		if len(key) > 0 && len(key) <= maxKey && len(struck) < mostStruck && !slices.Contains(struck, key) && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
			struck = append(struck, key)
		}
	}
	return struck
}

// Visible are the works of what was found that v may still see.
func Visible(tx *store.Tx, v archive.Viewer, found find.Alikes) (map[archive.WorkID]archive.Work, error) {
	var ids []archive.WorkID
	for _, a := range found.Works {
		ids = append(ids, a.ID)
	}
	works, err := tx.Works(ids)
	seen := map[archive.WorkID]archive.Work{}
	for _, w := range works {
		if v.MaySeeWork(w) {
			seen[w.ID] = w
		}
	}
	return seen, err
}

func newShowPage(work archive.Work, found find.Alikes, struck []string, works map[archive.WorkID]archive.Work, blurb func(archive.Work) template.HTML) showPage {
	v := showPage{Name: words.Title(work), Href: address.Work(work.ID), Tongue: page.TongueOf(work.Language)}
	without := func(struck []string) string {
		if len(struck) == 0 {
			return address.Alike(work.ID)
		}
		return address.With(address.Alike(work.ID), map[string][]string{"not": struck})
	}
	for _, a := range found.Works {
		w, ok := works[a.ID]
		if !ok {
			continue
		}
		s := suggestion{Blurb: blurb(w)}
		for _, why := range a.Reasons {
			s.Reasons = append(s.Reasons, reason{words.Short(why.Tag.Kind, why.Tag.Name), without(append(slices.Clone(struck), why.Key))})
		}
		v.Works = append(v.Works, s)
	}
	for _, why := range found.Struck {
		left := slices.DeleteFunc(slices.Clone(struck), func(key string) bool { return key == why.Key })
		v.Struck = append(v.Struck, reason{words.Short(why.Tag.Kind, why.Tag.Name), without(left)})
	}
	if len(struck) > 0 {
		v.Anew = address.Alike(work.ID)
	}
	return v
}
