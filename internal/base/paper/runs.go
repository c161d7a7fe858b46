package paper

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// Format is how a stretch of text looks.
type Format struct {
	Italic, Bold, Underline, Strike, Super, Sub bool

	Link string // the address it leads to, or ""
	Dir  string // "rtl", "ltr" or ""
}

// run is a stretch of text, or a piece of markup.
type run struct {
	joined []byte // text
	markup string
	format Format
	seen   bool // markup that shows something
	page   bool // the page is turned here
	gap    bool // looks as what stands on both sides of it does
}

func (r *run) isText() bool { return r.markup == "" && !r.page }

func isBlank(runs []run) bool {
	for _, r := range runs {
		if r.seen || strings.TrimSpace(string(r.joined)) != "" {
			return false
		}
	}
	return true
}

// tags lists the marks of a format.
func (f Format) tags() (tags []string) {
	if f.Link != "" {
		tags = append(tags, `a href="`+html.EscapeString(f.Link)+`"`)
	}
	if f.Dir != "" {
		tags = append(tags, `span dir="`+f.Dir+`"`)
	}
	for _, m := range [...]struct {
		on  bool
		tag string
	}{{f.Bold, "strong"}, {f.Italic, "em"}, {f.Underline && f.Link == "", "u"}, {f.Strike, "s"}, {f.Super, "sup"}, {f.Sub && !f.Super, "sub"}} {
		if m.on {
			tags = append(tags, m.tag)
		}
	}
	return tags
}

// common is what two formats share: how white space between them looks.
func common(a, b Format) Format {
	c := Format{Italic: a.Italic && b.Italic, Bold: a.Bold && b.Bold, Underline: a.Underline && b.Underline, Strike: a.Strike && b.Strike}
	if a.Link == b.Link {
		c.Link = a.Link
	}
	if a.Dir == b.Dir {
		c.Dir = a.Dir
	}
	return c
}

const white = " \t\r\n\f"

// loosen takes the white space at the ends of runs out of their formatting, as
// far as that does not go on behind it.
func loosen(runs []run) []run {
	var out []run
	for _, r := range runs {
		said := string(r.joined)
		core := strings.Trim(said, white)
		if !r.isText() || r.format == (Format{}) || core == said {
			out = append(out, r)
			continue
		}
		if core == "" {
			out = append(out, run{joined: r.joined, gap: true})
			continue
		}
		at := strings.Index(said, core)
		if at > 0 {
			out = append(out, run{joined: r.joined[:at], gap: true})
		}
		out = append(out, run{joined: []byte(core), format: r.format})
		if rest := r.joined[at+len(core):]; len(rest) > 0 {
			out = append(out, run{joined: rest, gap: true})
		}
	}
	for i := range out {
		if out[i].gap {
			out[i].format = common(beside(out, i, -1), beside(out, i, 1))
		}
	}
	return out
}

// beside returns the format of the nearest run on one side that is no gap.
func beside(runs []run, i, step int) Format {
	for i += step; i >= 0 && i < len(runs); i += step {
		if !runs[i].gap && (runs[i].seen || strings.TrimSpace(string(runs[i].joined)) != "") {
			return runs[i].format
		}
	}
	return Format{}
}

// writeRuns writes runs so that a mark that goes on is not closed between: of
// those that begin together the one that lasts longest is outermost.
func writeRuns(out *strings.Builder, runs []run) {
	runs = loosen(runs)
	marks := make([][]string, len(runs))
	for i, r := range runs {
		marks[i] = r.format.tags()
	}
	var open []string
	for i, r := range runs {
		keep := 0
		for keep < len(open) && slices.Contains(marks[i], open[keep]) {
			keep++
		}
		open = closeTags(out, open, keep)
		var fresh []string
		for _, tag := range marks[i] {
			if !slices.Contains(open, tag) {
				fresh = append(fresh, tag)
			}
		}
		slices.SortStableFunc(fresh, func(a, b string) int { return lasts(marks[i:], b) - lasts(marks[i:], a) })
		for _, tag := range fresh {
			out.WriteString("<" + tag + ">")
		}
		open = append(open, fresh...)
		if r.markup != "" {
			out.WriteString(r.markup)
		} else {
			out.WriteString(html.EscapeString(valid(r.joined)))
		}
	}
	closeTags(out, open, 0)
}

// longest bounds how far ahead it is looked how long a mark lasts.
const longest = 64

func lasts(marks [][]string, tag string) int {
	n := 0
	for n < min(len(marks), longest) && slices.Contains(marks[n], tag) {
		n++
	}
	return n
}

func closeTags(out *strings.Builder, open []string, keep int) []string {
	for _, tag := range slices.Backward(open[keep:]) {
		name, _, _ := strings.Cut(tag, " ")
		out.WriteString("</" + name + ">")
	}
	return open[:keep]
}

func valid(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}
