package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/intake"
	"ficstead/internal/review"
	"ficstead/internal/web/mends"
	"ficstead/internal/web/words"
)

// mended is a file read as its command line asked, and what its rules had
// proposed before.
type mended struct {
	archive.Manuscript
	decisions archive.Decisions
}

// read reads a file with what the flags say about its mends.
func (c mendCommand) read(data []byte) (m mended, err error) {
	m.Manuscript, _, err = intake.Read(c.File, data, nil)
	if err != nil || len(c.Undo)+len(c.Accept)+len(c.Only) == 0 {
		return m, err
	}
	m.decisions = archive.Decisions{Choices: archive.Choices{}, About: map[string]archive.Mend{}}
	for _, mend := range m.Mends {
		m.decisions.About[mend.ID()] = mend
	}
	for _, id := range c.Undo {
		m.decisions.Choices[id] = false
	}
	for _, id := range c.Accept {
		m.decisions.Choices[id] = true
	}
	for range 3 { // without one rule others find what to do, which are refused then too
		known := len(m.decisions.Choices)
		for _, mend := range m.Mends {
			if len(c.Only) > 0 && !slices.Contains(c.Only, mend.Rule) {
				m.decisions.Choices["rule:"+mend.Rule] = false
			}
		}
		m.Manuscript, _, err = intake.Read(c.File, data, m.decisions.Choices)
		if err != nil || len(m.decisions.Choices) == known {
			break
		}
	}
	return m, err
}

// unknown lists the IDs of the command line that no mend has.
func (c mendCommand) unknown(m mended) (ids []string) {
	for _, id := range slices.Concat(c.Undo, c.Accept) {
		if !slices.ContainsFunc(m.Mends, func(mend archive.Mend) bool { return mend.ID() == id }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// A printer writes to a terminal, or to what is none.
type printer struct {
	io.Writer
	width                       int
	red, green, bold, soft, off string
	open, shut                  [2]string // around what was and what is, where there is no colour
}

// newPrinter decides about colours: "always", "never", or by what out is.
func newPrinter(out io.Writer, colour string) printer {
	p := printer{Writer: out, width: columns(out), open: [2]string{"[-", "{+"}, shut: [2]string{"-]", "+}"}}
	if colour == "always" || colour != "never" && isTerminal(out) && os.Getenv("NO_COLOR") == "" {
		p.red, p.green, p.bold, p.soft, p.off = "\x1b[31;9m", "\x1b[32;4m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
		p.open, p.shut = [2]string{}, [2]string{}
	}
	return p
}

// columns is how wide lines may be.
func columns(out io.Writer) int {
	const usual, widest, narrowest = 80, 100, 40
	n, err := strconv.Atoi(os.Getenv("COLUMNS"))
	if err != nil {
		n = usual
		if f, ok := out.(*os.File); ok {
			n = terminalWidth(f, usual)
		}
	}
	return min(widest, max(narrowest, n))
}

// print is for people: the text, then each mend in its sentence, then the sum.
func (p printer) print(m mended) {
	for i, chapter := range m.Chapters {
		title := fmt.Sprintf("Chapter %d", i+1)
		if chapter.Title != "" {
			title += ": " + chapter.Title
		}
		fmt.Fprintf(p, "%s%s%s\n\n%s\n", p.bold, title, p.off, chapter.Text.Text())
	}
	fmt.Fprintf(p, "%s%s%s (%s%s)\n", p.bold, m.Title, p.off, m.Kind, prefixed(", ", m.Encoding))
	p.mends(m)
	for _, proposal := range m.Proposals {
		fmt.Fprintf(p, "\nperhaps %s: %s%s%s (%s)\n", strings.ToLower(words.Field(proposal.Field)), p.bold, proposal.Value, p.off, words.Sureness(proposal.Confidence))
		p.wrapped("  ", proposal.Because)
	}
	for _, warning := range m.Warnings {
		fmt.Fprintln(p)
		p.wrapped("", "note: "+warning)
	}
	fmt.Fprintf(p, "\n%s\n", sumOf(m))
}

// mends prints them by rule, in the order of their first use.
func (p printer) mends(m mended) {
	byRule := map[string][]*mends.Entry{}
	var rules []string
	for _, e := range mends.Entries(m.Mends, m.decisions) {
		if byRule[e.Rule] == nil {
			rules = append(rules, e.Rule)
		}
		byRule[e.Rule] = append(byRule[e.Rule], e)
	}
	places := review.NewPlaces(m.Chapters, m.Mends)
	for _, rule := range rules {
		name, about := words.Rule(rule)
		fmt.Fprintf(p, "\n%s%s%s (%s) ×%d\n", p.bold, name, p.off, rule, len(byRule[rule]))
		p.wrapped("  ", about)
		for _, e := range byRule[rule] {
			place := places.Find(e.Mend)
			e.Show(place.Pre, place.Post)
			p.entry(e)
		}
	}
}

func (p printer) entry(e *mends.Entry) {
	state := ""
	switch {
	case !e.Applied && e.Decided:
		state = ", undone"
	case !e.Applied:
		state = ", suggested: not applied"
	case e.Decided:
		state = ", accepted"
	}
	fmt.Fprintf(p, "\n  %s%s  %s, tier %s, %s%s%s\n", p.soft, e.ID, strings.ToLower(e.Where()[:1])+e.Where()[1:], e.Tier, e.Sure, state, p.off)
	pieces := p.plain(e.Pre)
	if len(e.Old) > 0 {
		pieces = append(pieces, p.marked(e.Old, p.red, 0)...)
		pieces[len(pieces)-1].space = len(e.New) > 0
	}
	if len(e.New) > 0 {
		pieces = append(pieces, p.marked(e.New, p.green, 1)...)
	}
	p.flow("    ", append(pieces, p.plain(e.Post)...))
}

// A wordRun is a word as it is printed, and as wide as it is seen.
type wordRun struct {
	text  string
	wide  int
	space bool // follows it
}

// plain cuts text into words.
func (p printer) plain(s string) (runs []wordRun) {
	for s != "" {
		word, rest, found := strings.Cut(s, " ")
		runs = append(runs, wordRun{word, utf8.RuneCountInString(word), found})
		s = rest
	}
	return runs
}

// marked cuts what was or what is into words, each in its colour or in signs.
func (p printer) marked(spans []mends.Span, colour string, side int) []wordRun {
	var b strings.Builder
	for _, s := range spans {
		sign := map[string]string{"em": "/", "strong": "*"}[s.Look]
		b.WriteString(sign + s.Text + sign)
	}
	runs := p.plain(p.open[side] + b.String() + p.shut[side])
	for i := range runs {
		runs[i].text = colour + runs[i].text + p.off
	}
	return runs
}

// flow prints words in lines no wider than the terminal.
func (p printer) flow(indent string, runs []wordRun) {
	wide, line, space := len(indent), indent, false
	for _, r := range runs {
		if space && wide+1+r.wide > p.width {
			fmt.Fprintln(p, line)
			wide, line, space = len(indent), indent, false
		}
		if space {
			line, wide = line+" ", wide+1
		}
		line, wide, space = line+r.text, wide+r.wide, r.space
	}
	fmt.Fprintln(p, line)
}

func (p printer) wrapped(indent, s string) {
	if s != "" {
		p.flow(indent, p.plain(s))
	}
}

// sumOf says in one line what was done.
func sumOf(m mended) string {
	applied, suggested, undone := 0, 0, 0
	for _, mend := range m.Mends {
		switch {
		case mend.Applied:
			applied++
		case m.decisions.Decided(mend):
			undone++
		default:
			suggested++
		}
	}
	said := []string{words.Counted(applied, "mend", "mends")}
	if suggested > 0 {
		said = append(said, words.Counted(suggested, "suggestion", "suggestions"))
	}
	if undone > 0 {
		said = append(said, words.Number(undone)+" undone")
	}
	if n := len(m.Proposals); n > 0 {
		said = append(said, words.Counted(n, "proposal", "proposals"))
	}
	return strings.Join(said, ", ") + "; " + words.Counted(len(m.Chapters), "chapter", "chapters") + "."
}
