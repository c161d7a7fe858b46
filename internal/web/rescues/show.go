package rescues

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var (
	rescueView  = page.New[rescuePage](templates, "rescue/show")
	keptView    = page.New[keptPage](templates, "rescue/page")
	authorsView = page.New[authorsPage](templates, "rescue/authors")
)

// rescuePage is what became of an archive.
type rescuePage struct {
	page.Frame
	Name     string
	Slogan   string
	About    string // what it was
	Source   page.Link
	Day, ISO string // of its last import
	Path     string
	Works    string // how many
	Authors  string
	Reviews  string
	Closed   bool // to visitors
	Pages    []page.Link
	Keeper   *keeperPart
	Problems errs.Problems
}

// keeperPart is for the person who keeps the archive.
type keeperPart struct {
	Opens   string // how many works opening would open; "" if none
	Counts  []countRow
	Groups  []findings
	Pending string
	Report  string // address without what it ends in; "" while there is none
}

type countRow struct {
	What, Claimed, Found, Kept string
	Differs                    bool
}

// findings are those of one level.
type findings struct {
	Heading, Lead string
	Groups        []rescue.Group
}

func (p *Pages) showRescue(w http.ResponseWriter, r *http.Request) error {
	return p.showRescueWith(w, r, http.StatusOK, nil)
}

func (p *Pages) showRescueWith(w http.ResponseWriter, r *http.Request, status int, problems errs.Problems) error {
	var v rescuePage
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		one, err := p.rescue(tx, r)
		if err != nil {
			return err
		}
		v, err = p.rescuePage(tx, p.Viewer(r), one)
		return err
	})
	if err != nil {
		return err
	}
	v.Frame, v.Problems = p.Frame(r, v.Name, "browse"), problems
	v.Back = v.Path
	return rescueView.Show(w, r, status, v)
}

func (p *Pages) rescuePage(tx *store.Tx, viewer archive.Viewer, one store.Rescue) (rescuePage, error) {
	counts, err := tx.CountRescued(one.ID)
	if err != nil {
		return rescuePage{}, err
	}
	pages, err := tx.Pages(one.ID)
	if err != nil {
		return rescuePage{}, err
	}
	authors, err := visibleAuthors(tx, viewer, one.ID)
	if err != nil {
		return rescuePage{}, err
	}
	shares, err := tx.RescuedShares(one.ID)
	if err != nil {
		return rescuePage{}, err
	}
	seen, closed := seenOf(shares, viewer)
	if !viewer.MayOpen(one.Keeper) {
		return newRescuePage(one, seen, pages, len(authors)), nil
	}
	v := newRescuePage(one, counts, pages, len(authors))
	said, err := tx.RescueReport(one.ID)
	if err != nil {
		return v, err
	}
	v.Keeper = &keeperPart{}
	if len(said) > 0 {
		report, err := rescue.ParseReport(said)
		if err != nil {
			return v, err
		}
		v.Keeper = newKeeperPart(one, report)
	}
	if closed > 0 && one.Visibility != archive.Public {
		v.Keeper.Opens = words.Counted(closed, "work", "works")
	}
	if counts.Pending > 0 {
		v.Keeper.Pending = words.Counted(counts.Pending, "work was", "works were")
	}
	return v, nil
}

// seenOf counts what a viewer may see of an archive, and what opening it would open.
func seenOf(shares []store.RescuedShare, viewer archive.Viewer) (seen store.RescueCounts, closed int) {
	for _, s := range shares {
		if viewer.MaySee(s.Keeper, s.Visibility) {
			seen.Works, seen.Reviews = seen.Works+s.Works, seen.Reviews+s.Reviews
		}
		if s.Visibility == archive.Restricted {
			closed += s.Works
		}
	}
	return seen, closed
}

func newRescuePage(one store.Rescue, counts store.RescueCounts, pages []archive.RescuedPage, authors int) rescuePage {
	v := rescuePage{
		Name: nameOf(one), Slogan: one.Site.Slogan, About: strings.TrimSpace(kindOf(one.Kind) + " " + one.Version),
		Day: words.Day(one.Finished), ISO: words.ISODay(one.Finished), Path: address.Rescue(one.ID), Closed: one.Visibility != archive.Public,
		Works: words.Number(counts.Works - counts.Pending), Authors: words.Number(authors), Reviews: words.Number(counts.Reviews),
	}
	if strings.HasPrefix(one.Site.URL, "https://") || strings.HasPrefix(one.Site.URL, "http://") {
		v.Source = page.Link{Href: one.Site.URL, Label: hostOf(one)}
	}
	for _, kept := range pages {
		v.Pages = append(v.Pages, page.Link{Href: address.RescuedPage(one.ID, kept.Name), Label: titleOf(kept)})
	}
	return v
}

func titleOf(kept archive.RescuedPage) string {
	if kept.Title != "" {
		return kept.Title
	}
	return kept.Name
}

// kindOf is what people call the program that an archive ran on.
func kindOf(kind string) string {
	switch kind {
	case "efiction":
		return "eFiction"
	case "automated-archive":
		return "Automated Archive"
	}
	return "Archive"
}

func newKeeperPart(one store.Rescue, report rescue.Report) *keeperPart {
	k := &keeperPart{Report: address.Rescue(one.ID) + "/report"}
	for _, c := range report.Counts {
		k.Counts = append(k.Counts, countRow{c.What, rescue.Number(c.Claimed), rescue.Number(c.Found), rescue.Number(c.Kept), c.Differs()})
	}
	for _, level := range []findings{
		{Heading: "What is lost", Lead: "It is not in the dump or its folder, or could not be taken in. Look for another backup, and import again: what is here stays."},
		{Heading: "Doubts", Lead: "Decisions that you may want to look at."},
		{Heading: "Decisions", Lead: "How the dump was read."},
	} {
		level.Groups = report.Level(map[string]string{"What is lost": "loss", "Doubts": "doubt", "Decisions": "note"}[level.Heading])
		if len(level.Groups) > 0 {
			k.Groups = append(k.Groups, level)
		}
	}
	return k
}

// createOpening opens all works of an archive, or closes them again.
func (p *Pages) createOpening(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	var one store.Rescue
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		one, err = p.rescue(tx, r)
		return err
	})
	if err != nil {
		return err
	}
	if !p.Viewer(r).MayOpen(one.Keeper) {
		return fmt.Errorf("open rescue %d: %w", one.ID, errs.Forbidden)
	}
	as := archive.Public
	if r.PostFormValue("as") == archive.Restricted.String() {
		as = archive.Restricted
	} else if r.PostFormValue("sure") != "yes" {
		return p.showRescueWith(w, r, http.StatusUnprocessableEntity, errs.Problems{{Field: "sure", Message: "Tick the box that says you are sure. Nothing was opened."}})
	}
	if _, err := catalogue.OpenRescue(r.Context(), p.Store, p.Viewer(r), one.ID, as); err != nil {
		return err
	}
	if err := p.Settle(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, address.Rescue(one.ID), http.StatusSeeOther)
	return nil
}

// sendReport sends the report as a file, to who keeps the archive.
func (p *Pages) sendReport(w http.ResponseWriter, r *http.Request) error {
	var said []byte
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		one, err := p.rescue(tx, r)
		if err == nil && !p.Viewer(r).MayOpen(one.Keeper) {
			err = fmt.Errorf("report of rescue %d: %w", one.ID, errs.Forbidden)
		}
		if err != nil {
			return err
		}
		said, err = tx.RescueReport(one.ID)
		return err
	})
	if err == nil && len(said) == 0 {
		err = fmt.Errorf("report: %w", errs.NotFound)
	}
	if err != nil {
		return err
	}
	if strings.HasSuffix(r.URL.Path, ".json") {
		return answer.NewFile("application/json", "report.json", said).Send(w, r, http.StatusOK)
	}
	report, err := rescue.ParseReport(said)
	if err != nil {
		return err
	}
	return answer.NewFile("text/html; charset=utf-8", "report.html", report.HTML()).Send(w, r, http.StatusOK)
}

// keptPage is a page of the old archive that was no story.
type keptPage struct {
	page.Frame
	Heading  string
	Of       page.Link
	By       string
	Day, ISO string
	Text     template.HTML
	Tongue   page.Tongue
	Comments []reviewLine
}

func (p *Pages) showPage(w http.ResponseWriter, r *http.Request) error {
	var v keptPage
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		one, err := p.rescue(tx, r)
		if err != nil {
			return err
		}
		pages, err := tx.Pages(one.ID)
		for _, kept := range pages {
			if kept.Name == r.PathValue("page") {
				v = newKeptPage(one, kept)
				return nil
			}
		}
		if err == nil {
			err = fmt.Errorf("page %q of rescue %d: %w", r.PathValue("page"), one.ID, errs.NotFound)
		}
		return err
	})
	if err != nil {
		return err
	}
	v.Frame = p.Frame(r, v.Heading, "browse")
	return keptView.Show(w, r, http.StatusOK, v)
}

func newKeptPage(one store.Rescue, kept archive.RescuedPage) keptPage {
	return keptPage{
		Heading: titleOf(kept), Of: linkOf(one), By: kept.By, Day: words.Day(kept.Written), ISO: words.ISODay(kept.Written),
		Text: printedAs(kept.Text, 1, false), Tongue: page.TongueOf(one.Site.Language), Comments: reviewLines(archive.Work{}, kept.Comments),
	}
}

func linkOf(one store.Rescue) page.Link {
	return page.Link{Href: address.Rescue(one.ID), Label: nameOf(one)}
}

// authorsPage is who wrote for an archive.
type authorsPage struct {
	page.Frame
	Of      page.Link
	Count   string
	Authors []author
}

type author struct {
	page.Link
	Works string
}

func (p *Pages) showAuthors(w http.ResponseWriter, r *http.Request) error {
	var v authorsPage
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		one, err := p.rescue(tx, r)
		if err != nil {
			return err
		}
		v.Of = linkOf(one)
		v.Authors, err = visibleAuthors(tx, p.Viewer(r), one.ID)
		return err
	})
	if err != nil {
		return err
	}
	v.Count = words.Counted(len(v.Authors), "author", "authors")
	v.Frame = p.Frame(r, "Authors of "+v.Of.Label, "browse")
	return authorsView.Show(w, r, http.StatusOK, v)
}

// visibleAuthors are those of whom the viewer may see a work.
func visibleAuthors(tx *store.Tx, viewer archive.Viewer, id archive.RescueID) ([]author, error) {
	list, err := tx.RescuedCreators(id)
	var authors []author
	last, n := archive.CreatorID(0), 0
	for _, c := range list {
		if !viewer.MaySee(c.Keeper, c.Visibility) {
			continue
		}
		if c.Creator.ID != last {
			last, n = c.Creator.ID, 0
			authors = append(authors, author{Link: page.Link{Href: address.Creator(last), Label: c.Creator.String()}})
		}
		n += c.Works
		authors[len(authors)-1].Works = words.Number(n)
	}
	return authors, err
}
