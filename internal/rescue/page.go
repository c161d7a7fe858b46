package rescue

import (
	"bytes"
	_ "embed" // the page
	"fmt"
	"html/template"
	"strings"
	"sync"
)

//go:embed report.html
var reportPage string

// pageTemplate is parsed when the first report is printed: most runs print none.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(template.FuncMap{
		"number": Number, "seconds": seconds, "words": func(s string) string { return strings.ReplaceAll(s, "-", " ") },
	}).Parse(reportPage))
})

// HTML is the report as one page that needs nothing else.
func (r Report) HTML() []byte {
	var b bytes.Buffer
	if err := pageTemplate().Execute(&b, r); err != nil {
		panic(err) // of text and numbers
	}
	return b.Bytes()
}

// Number prints a count with its thousands apart, and a dash where nobody counted.
func Number(n int) string {
	if n < 0 {
		return "–"
	}
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Level returns the findings of one level.
func (r Report) Level(level string) (of []Group) {
	for _, f := range r.Findings {
		if f.Level != level {
			continue
		}
		if len(of) == 0 || of[len(of)-1].About != f.About {
			of = append(of, Group{About: f.About})
		}
		g := &of[len(of)-1]
		g.Findings = append(g.Findings, Found{f.Text, f.Where, f.Count, f.Count - len(f.Where)})
	}
	return of
}

// Group is what was found about one thing.
type Group struct {
	About    string
	Findings []Found
}

// Found is one finding; More of its places are not named.
type Found struct {
	Text  string
	Where []string
	Count int
	More  int
}

// Times is how often it was found.
func (f Found) Times() string { return Number(f.Count) }

// Differs reports whether not all that was found of it is here.
func (c Count) Differs() bool { return c.Found >= 0 && c.Kept != c.Found }

// Total is how many stories were dealt with.
func (s Statuses) Total() int {
	return s.New + s.Updated + s.Same + s.Duplicate + s.Refused + s.LeftOut + s.Removed
}
