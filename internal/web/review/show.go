package review

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/review"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/mends"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var showView = page.New[showPage](templates, "review/show")

// showPage is all that is to be decided about a work, a hundred mends at a time.
type showPage struct {
	page.Frame
	Name      string
	Tongue    page.Tongue
	Work      string // address
	Path      string
	Beside    string
	Said      string // what became of what was just sent
	Problems  errs.Problems
	Readable  bool // it can be decided
	Revision  int  // that the page shows
	Counts    counts
	Filters   []filter
	Proposals []proposal
	Jumps     []jump
	Groups    []group
	Lost      []*mends.Entry
	Decided   int // mends that a person decided about
	Pages     []page.Link
	Show      string
	Page      int
	Seen, Off string // IDs of the mends on the page, and of those that are not ticked
}

type counts struct{ Mended, Suggested, Undone int }

// A count is a number and what it is of.
type count struct{ Number, Label string }

// Words are the counts that are not 0, and the first always.
func (c counts) Words() []count {
	all := []count{{words.Number(c.Mended), "mended"}}
	if c.Suggested > 0 {
		all = append(all, count{words.Number(c.Suggested), "suggested"})
	}
	if c.Undone > 0 {
		all = append(all, count{words.Number(c.Undone), "left as it was"})
	}
	return all
}

// A filter is a choice of which mends are shown.
type filter struct {
	page.Link
	Current bool
}

// A proposal is a value for something that the file does not say.
type proposal struct {
	archive.Proposal
	ID     string
	Words  string
	Sure   string
	Ticked bool
}

// A jump leads to the mends of a rule.
type jump struct {
	page.Link
	Count string
}

// A group is what the page shows of one rule.
type group struct {
	Anchor  string
	Rule    string
	Words   string
	About   string
	Tier    archive.Tier
	Count   int // of all, on all pages
	Applied int
	Sure    bool   // some of them need nobody to accept them
	From    string // "101–120 of 300" where it goes over several pages
	Open    bool
	Entries []*mends.Entry
}

// All reports whether there is nothing left to accept, or to undo.
func (g group) All() bool { return g.Applied == g.Count }

// AcceptWords and UndoWords are what its buttons say.
func (g group) AcceptWords() string { return "Accept all " + words.Number(g.Count) }
func (g group) UndoWords() string   { return "Undo all " + words.Number(g.Applied) }

// TierWords say how careful the rule is.
func (g group) TierWords() string {
	switch {
	case g.Tier == archive.TierA:
		return "provable"
	case g.Tier == archive.TierB:
		return "by evidence in this text"
	case g.Sure:
		return "some suggested only"
	}
	return "suggested only"
}

const (
	perPage = 100
	// fewMends are shown without anybody opening them.
	fewMends = 40
	// proposalTicked is how sure a proposal must be to be ticked before anybody looked.
	proposalTicked = 0.9
)

func (p *Pages) showReview(w http.ResponseWriter, r *http.Request) error {
	return p.showReviewWith(w, r, http.StatusOK, nil)
}

func (p *Pages) showReviewWith(w http.ResponseWriter, r *http.Request, status int, problems errs.Problems) error {
	m, err := p.withProposals(r)
	if err != nil {
		return err
	}
	var v showPage
	err = p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if v, err = newShowPage(m, r.URL.Query()); err != nil {
			return err
		}
		return fillPlaces(tx, m.work, v.Groups, m.mends)
	})
	if err != nil {
		return err
	}
	v.Problems = problems
	v.Frame = p.Frame(r, "Review of "+v.Name, "browse")
	if problems != nil {
		v.Title = "Error: " + v.Title
	}
	w.Header().Set("Cache-Control", "no-store")
	return showView.Show(w, r, status, v)
}

// withProposals loads a work with what is proposed of it. What the archive
// proposes is asked for the first page alone.
func (p *Pages) withProposals(r *http.Request) (m matter, err error) {
	q := r.URL.Query()
	err = p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		m, err = p.matter(tx, r)
		return err
	})
	if err != nil || !m.readable || q.Has("page") || q.Has("show") {
		return m, err
	}
	key := proposedKey{m.work.ID, m.work.Revision, p.Viewer(r)}
	found, ok := p.proposed.Get(key)
	if !ok {
		var chapters []archive.Chapter
		err = p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
			chapters, err = tx.ChaptersAt(m.work.ID, m.work.Revision)
			return err
		})
		if err != nil {
			return m, err
		}
		found = p.archive(r).Proposals(r.Context(), m.work, chapters, m.files[0].Name)
		p.proposed.Add(key, found)
	}
	known := map[string]bool{}
	for _, proposal := range m.decisions.Proposals {
		known[proposal.ID()] = true
	}
	for _, proposal := range found {
		if !known[proposal.ID()] {
			m.decisions.Proposals = append(m.decisions.Proposals, proposal)
		}
	}
	return m, nil
}

func newShowPage(m matter, q url.Values) (showPage, error) {
	v := showPage{
		Name: words.Title(m.work), Tongue: page.TongueOf(m.work.Language), Work: address.Work(m.work.ID), Path: address.Review(m.work.ID),
		Beside: address.Beside(m.work.ID, 1), Readable: m.readable, Revision: m.work.Revision, Show: q.Get("show"), Page: 1,
		Said: saidWords(q.Get("done"), m), Decided: len(m.decisions.Choices),
	}
	entries := mends.Entries(m.mends, m.decisions)
	v.Counts = countOf(entries)
	for _, e := range entries {
		if e.Fixed = !m.readable; e.Fixed {
			e.Ticked = e.Applied
		}
	}
	shown := slices.DeleteFunc(slices.Clone(entries), func(e *mends.Entry) bool { return !shows(v.Show, e) })
	pages := max(1, (len(shown)+perPage-1)/perPage)
	if s := q.Get("page"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return v, fmt.Errorf("page %q: %w", s, errs.NotFound)
		}
		v.Page = min(n, pages) // a page may be gone once its mends are decided
	}
	v.group(shown)
	v.page(pages, len(shown))
	if v.Page == 1 && v.Show == "" {
		if m.readable {
			v.Proposals = proposalsOf(m)
		}
		for _, l := range m.decisions.Lost(m.mends) {
			v.Lost = append(v.Lost, mends.Entries([]archive.Mend{l}, m.decisions)...)
		}
		for _, e := range v.Lost {
			e.Show("", "")
		}
	}
	v.filters()
	return v, nil
}

// saidWords tell what became of what was just sent.
func saidWords(done string, m matter) string {
	switch done {
	case "saved":
		return fmt.Sprintf("Saved as revision %d. %s", m.work.Revision, m.why)
	case "kept":
		return "Your decisions are kept. They change nothing in the text as it is."
	case "united":
		if slices.ContainsFunc(m.mends, func(mend archive.Mend) bool { return mend.From != "" && !mend.Applied }) {
			return "They are one work now. What the other copy knows better is suggested below; none of it is done until you save."
		}
		return "They are one work now. The other copy knew nothing better."
	}
	return ""
}

func countOf(entries []*mends.Entry) (c counts) {
	for _, e := range entries {
		switch {
		case e.Applied:
			c.Mended++
		case e.Decided:
			c.Undone++
		default:
			c.Suggested++
		}
	}
	return c
}

// shows reports whether a mend is among those that a filter shows.
func shows(show string, e *mends.Entry) bool {
	switch show {
	case "suggested":
		return !e.Applied && !e.Decided
	case "mended":
		return e.Applied
	case "undone":
		return !e.Applied && e.Decided
	}
	return true
}

// group puts mends of one rule together, the least sure first, and takes the
// page's part of them.
func (v *showPage) group(shown []*mends.Entry) {
	byRule := map[string][]*mends.Entry{}
	var rules []string
	for _, e := range shown {
		if byRule[e.Rule] == nil {
			rules = append(rules, e.Rule)
		}
		byRule[e.Rule] = append(byRule[e.Rule], e)
	}
	slices.SortStableFunc(rules, func(a, b string) int { return -cmp.Compare(tierOf(byRule[a]), tierOf(byRule[b])) })
	from, to, at := (v.Page-1)*perPage, v.Page*perPage, 0
	for _, rule := range rules {
		all := byRule[rule]
		g := group{Anchor: fmt.Sprintf("rule-%d", len(v.Groups)+1), Rule: rule, Tier: tierOf(all), Count: len(all), Open: len(shown) <= fewMends || v.Page > 1 || v.Show != ""}
		g.Words, g.About = words.Rule(rule)
		for _, e := range all {
			if e.Applied {
				g.Applied++
			}
			g.Sure = g.Sure || e.Tier != archive.TierC
		}
		v.Jumps = append(v.Jumps, jump{page.Link{Href: v.href(at/perPage+1) + "#" + g.Anchor, Label: g.Words}, words.Number(g.Count)})
		first, last := max(from, at), min(to, at+len(all))
		if first < last {
			g.Entries = all[first-at : last-at]
			if len(g.Entries) < len(all) {
				g.From = fmt.Sprintf("%s–%s of %s", words.Number(first-at+1), words.Number(last-at), words.Number(len(all)))
			}
			v.list(g.Entries)
		}
		v.Groups = append(v.Groups, g)
		at += len(all)
	}
}

// list notes which mends the page shows.
func (v *showPage) list(entries []*mends.Entry) {
	for _, e := range entries {
		v.Seen += e.ID + " "
		if !e.Ticked {
			v.Off += e.ID + " "
		}
	}
}

// tierOf is the least sure of any.
func tierOf(entries []*mends.Entry) archive.Tier {
	tier := archive.TierA
	for _, e := range entries {
		tier = max(tier, e.Tier)
	}
	return tier
}

func (v *showPage) href(n int) string {
	q := url.Values{}
	if v.Show != "" {
		q.Set("show", v.Show)
	}
	if n > 1 {
		q.Set("page", strconv.Itoa(n))
	}
	return address.With(v.Path, q)
}

func (v *showPage) page(pages, count int) {
	for n := 1; n <= pages && pages > 1; n++ {
		l := page.Link{Label: fmt.Sprintf("%s–%s", words.Number((n-1)*perPage+1), words.Number(min(n*perPage, count)))}
		if n != v.Page {
			l.Href = v.href(n)
		}
		v.Pages = append(v.Pages, l)
	}
}

func (v *showPage) filters() {
	for _, f := range []struct {
		show, label string
		count       int
	}{
		{"", "All", v.Counts.Mended + v.Counts.Suggested + v.Counts.Undone}, {"suggested", "Suggested", v.Counts.Suggested},
		{"mended", "Mended", v.Counts.Mended}, {"undone", "Left as it was", v.Counts.Undone},
	} {
		if f.count > 0 || f.show == "" {
			href := v.Path
			if f.show != "" {
				href += "?show=" + f.show
			}
			v.Filters = append(v.Filters, filter{page.Link{Href: href, Label: f.label + " " + words.Number(f.count)}, v.Show == f.show})
		}
	}
}

// proposalsOf are those that would change anything, and were not declined.
func proposalsOf(m matter) (all []proposal) {
	for _, p := range m.decisions.Proposals {
		if catalogue.Fits(p, m.work) && !slices.Contains(m.decisions.Declined, p.ID()) {
			all = append(all, newProposal(p))
		}
	}
	return all
}

func newProposal(p archive.Proposal) proposal {
	v := proposal{p, p.ID(), words.Field(p.Field), words.Sureness(p.Confidence), p.Confidence >= proposalTicked}
	if name := words.Language(p.Value); v.Words == "Language" && name != "" {
		v.Value = name
	}
	return v
}

// fillPlaces finds the sentences of the mends that are shown.
func fillPlaces(tx *store.Tx, work archive.Work, groups []group, told []archive.Mend) error {
	var chapters []archive.Chapter
	loaded := map[int]bool{}
	for _, g := range groups {
		for _, e := range g.Entries {
			if n := e.Chapter; n > 0 && n <= len(work.Chapters) && !loaded[n] {
				c, err := tx.Chapter(work.ID, n)
				if err != nil {
					return err
				}
				loaded[n], chapters = true, append(chapters, c)
			}
		}
	}
	showEntries(groups, chapters, told)
	return nil
}

func showEntries(groups []group, chapters []archive.Chapter, told []archive.Mend) {
	places := review.NewPlaces(chapters, told)
	for _, g := range groups {
		for _, e := range g.Entries {
			place := places.Find(e.Mend)
			e.Show(place.Pre, place.Post)
		}
	}
}
