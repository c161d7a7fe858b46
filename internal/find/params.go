package find

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
)

// maxPage is beyond any page of any archive and still no overflow.
const maxPage = 1_000_000_000

// ParseQuestion reads the parameters of a listing. What it cannot read it
// leaves out and tells; parameters that are not of a listing it passes over.
func ParseQuestion(v url.Values) (Question, []Problem) {
	p := params{values: v}
	q := Question{
		Query:      p.text("q"),
		Include:    tagParams(&p, "include"),
		Any:        tagParams(&p, "any"),
		Exclude:    tagParams(&p, "exclude"),
		Focus:      tagParams(&p, "focus"),
		Words:      p.numbers("words"),
		Chapters:   p.numbers("chapters"),
		Kudos:      p.numbers("kudos"),
		Hits:       p.numbers("hits"),
		Comments:   p.numbers("comments"),
		Bookmarks:  p.numbers("bookmarks"),
		Updated:    p.days("updated"),
		Posted:     p.days("posted"),
		Complete:   p.choice("complete"),
		Crossover:  p.choice("crossover"),
		OneShip:    p.choice("otp"),
		Restricted: p.choice("restricted"),
		Languages:  p.languages("lang"),
		Creator:    archive.CreatorFromPublic(p.id("creator")),
		Series:     archive.SeriesFromPublic(p.id("series")),
		Status:     p.text("status"),
		Page:       p.page("page"),
		Per:        p.per("per"),
		After:      p.after("after"),
	}
	q.Sort, q.Dir = p.order()
	q.Seed = p.seed("seed", q)
	return q, p.problems
}

// Values returns the parameters that ask q, for a link. It leaves out what
// would make no difference; the first page is not named.
func (q Question) Values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("q", q.Query)
	for name, ids := range map[string][]archive.TagID{"include": q.Include, "any": q.Any, "exclude": q.Exclude, "focus": q.Focus} {
		for _, id := range ids {
			v.Add(name, strconv.FormatInt(id.Public(), 10))
		}
	}
	set("words", q.Words.String())
	set("chapters", q.Chapters.String())
	set("kudos", q.Kudos.String())
	set("hits", q.Hits.String())
	set("comments", q.Comments.String())
	set("bookmarks", q.Bookmarks.String())
	set("updated", q.Updated.String())
	set("posted", q.Posted.String())
	set("complete", string(q.Complete))
	set("crossover", string(q.Crossover))
	set("otp", string(q.OneShip))
	set("restricted", string(q.Restricted))
	for _, code := range q.Languages {
		v.Add("lang", code)
	}
	set("creator", number(q.Creator.Public(), 0))
	set("series", number(q.Series.Public(), 0))
	set("status", q.Status)
	set("sort", string(q.Sort))
	set("dir", string(q.Dir))
	if q.atRandom() {
		set("seed", number(q.Seed, 0))
	}
	set("page", number(int64(q.Page), 1))
	set("after", q.After)
	set("per", number(int64(q.Per), int64(pageSizes[0])))
	return v
}

// number spells n, unless it is 0 or the usual.
func number(n, usual int64) string {
	if n == 0 || n == usual {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

type params struct {
	values   url.Values
	problems []Problem
}

// maxProblems is as many as anybody reads.
const maxProblems = 20

func (p *params) problem(name, format string, args ...any) {
	problem := Problem{Field: name, Message: fmt.Sprintf(format, args...)}
	if len(p.problems) < maxProblems && !slices.Contains(p.problems, problem) {
		p.problems = append(p.problems, problem)
	}
}

// text returns a parameter as valid text.
func (p *params) text(name string) string {
	return strings.TrimSpace(strings.ToValidUTF8(p.values.Get(name), ""))
}

func tagParams(p *params, name string) []archive.TagID {
	var ids []archive.TagID
	for _, s := range p.values[name] {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		n, err := strconv.ParseInt(s, 10, 64)
		id := archive.TagFromPublic(n)
		switch {
		case err != nil || id == 0:
			p.problem(name, "“%s” is not the number of a tag; it was left out.", clip(s))
		case slices.Contains(ids, id):
		case len(ids) == maxTags:
			p.problem(name, "More than %d tags were chosen; the rest was left out.", maxTags)
			return ids
		default:
			ids = append(ids, id)
		}
	}
	return ids
}

func (p *params) numbers(name string) Range {
	s := p.text(name)
	r, ok := query.ParseRange(s)
	if s != "" && !ok {
		p.problem(name, "“%s” is not a number or range such as >1000 or 1000-5000; it was left out.", clip(s))
		return Range{}
	}
	return r
}

func (p *params) days(name string) DateRange {
	s := p.text(name)
	d, ok := query.ParseDays(s)
	if s != "" && !ok {
		p.problem(name, "“%s” is not a date or span such as 2024, 2020..2023 or >2024-01-01; it was left out.", clip(s))
		return DateRange{}
	}
	return d
}

func (p *params) choice(name string) Choice {
	s := p.text(name)
	if s == "" {
		return Either
	}
	yes, ok := query.ParseYesNo(s)
	switch {
	case !ok:
		p.problem(name, "“%s” should be yes or no; it was left out.", clip(s))
		return Either
	case yes:
		return Yes
	}
	return No
}

// languages reads codes, and names as well.
func (p *params) languages(name string) []string {
	var codes []string
	for _, s := range p.values[name] {
		if s = strings.TrimSpace(strings.ToValidUTF8(s, "")); s == "" {
			continue
		}
		code := text.Language(s)
		switch {
		case code == "":
			p.problem(name, "“%s” is no language that is known here; it was left out.", clip(s))
		case len(codes) < maxTags && !slices.Contains(codes, code):
			codes = append(codes, code)
		}
	}
	return codes
}

func (p *params) id(name string) int64 {
	s := p.text(name)
	n, err := strconv.ParseInt(s, 10, 64)
	if s != "" && (err != nil || n <= 0 || n > math.MaxUint32) {
		p.problem(name, "“%s” is not a number of a %s; it was left out.", clip(s), name)
		return 0
	}
	return n
}

func (p *params) order() (Sort, Dir) {
	sort, ok := query.ParseSort(p.text("sort"))
	if sort != "" && !ok {
		p.problem("sort", "“%s” is no order; there are %s.", clip(string(sort)), sortNames())
		sort = ""
	}
	dir, ok := query.ParseDir(p.text("dir"))
	if dir != "" && !ok {
		p.problem("dir", "“%s” should be asc or desc; it was left out.", clip(string(dir)))
		dir = ""
	}
	return sort, dir
}

func sortNames() string {
	var names []string
	for _, s := range query.Sorts {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

// atRandom reports whether q is in the order Random, by its parameters or its query.
func (q Question) atRandom() bool {
	if q.Sort == "" && q.Query != "" {
		asked, _ := query.Parse(q.Query)
		return asked.Sort == query.Random
	}
	return q.Sort == query.Random
}

func (p *params) seed(name string, q Question) int64 {
	if !q.atRandom() {
		return 0
	}
	n, _ := strconv.ParseInt(p.text(name), 10, 64) // any seed will do
	return n
}

// after reads a cursor.
func (p *params) after(name string) string {
	s := p.text(name)
	if len(s) > maxCursor {
		p.problem(name, "“%s” leads nowhere; this is the beginning of the list.", clip(s))
		return ""
	}
	return s
}

// page reads the number of a page; what is too large is beyond the last page all the same.
func (p *params) page(name string) int {
	s := p.text(name)
	if s == "" {
		return 1
	}
	n, ok := strings.CutPrefix(s, "+")
	if strings.Trim(s, "0123456789") != "" || ok || strings.Trim(s, "0") == "" {
		p.problem(name, "“%s” is not the number of a page; this is the first.", clip(n))
		return 1
	}
	i, err := strconv.Atoi(s)
	if err != nil {
		return maxPage
	}
	return min(i, maxPage)
}

func (p *params) per(name string) int {
	s := p.text(name)
	n, err := strconv.Atoi(cmp.Or(s, "20"))
	if err != nil || !slices.Contains(pageSizes[:], n) {
		p.problem(name, "A page has 20, 50 or 100 works, not “%s”.", clip(s))
		return pageSizes[0]
	}
	return n
}

// clip shortens what is quoted back to people.
func clip(s string) string {
	const most = 40
	s = strings.ToValidUTF8(s, "")
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
