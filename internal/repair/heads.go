package repair

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
)

const runningHead = "running-head"

// Running heads stand at regular distances: a page has so many lines.
const (
	leastHeads             = 4
	minPage, maxPage       = 12, 90 // lines
	regularGap, ofTenPages = 0.3, 7 // how much a gap may differ from the middle one, and how many must not
	longestHead            = 90
	mostLines              = 3 // a foot, a number and a head
)

// runningHeads drops the head, foot and number of each printed page. Being
// repeated is not enough: stories repeat lines on purpose. They must also come
// at regular distances, their numbers must rise, and they must cut sentences in
// two: "Day 1", "Day 2" and the refrain of a song do so too, but between paragraphs.
func runningHeads(p *page) {
	groups := map[string][]int{}
	var keys []string
	for i, l := range p.lines {
		if l.role != ordinary || l.runes > longestHead || endsSentence(l.text) && !pageNumber.MatchString(l.text) || fiction.Marker(l.text) != fiction.NoMarker {
			continue
		}
		key := digits.ReplaceAllString(l.text, "#")
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], i)
	}
	var heads []int
	for _, key := range keys {
		if at := groups[key]; p.isEnough(key, at) && p.isRegular(at) && p.rises(key, at) {
			heads = append(heads, at...)
		}
	}
	slices.Sort(heads)
	heads = p.cutting(p.withoutText(heads))
	for from := 0; from < len(heads); {
		to := from + 1
		for to < len(heads) && p.adjoin(heads[to-1], heads[to]) {
			to++
		}
		p.dropHeads(heads[from:to])
		from = to
	}
}

// isEnough reports whether a line stands there often enough to be looked at: four
// times, or three if it has a number and cuts a sentence in two.
func (p *page) isEnough(key string, at []int) bool {
	if len(at) != leastHeads-1 || !strings.Contains(key, "#") {
		return len(at) >= leastHeads
	}
	return slices.ContainsFunc(at, func(i int) bool {
		above, below := p.ordinaryBefore(i), p.ordinaryAfter(i)
		return above >= 0 && below >= 0 && goesOn(p.lines[above].text, p.lines[below].text)
	})
}

var (
	digits     = regexp.MustCompile(`\d+`)
	pageNumber = regexp.MustCompile(`(?i)^[\s\[(*~—–-]*(page|p\.)?\s*\d{1,4}(\s*(of|/)\s*\d{1,4})?[\s\])*~.—–-]*$`)
)

// withoutText leaves out of heads the lines that stand together with more such
// lines than the end of a page has: they are a passage that the story repeats.
func (p *page) withoutText(heads []int) []int {
	var kept []int
	for from := 0; from < len(heads); {
		to := from + 1
		for to < len(heads) && p.adjoin(heads[to-1], heads[to]) {
			to++
		}
		if to-from <= mostLines {
			kept = append(kept, heads[from:to]...)
		}
		from = to
	}
	return kept
}

// cutting returns heads, or nothing if they do not cut sentences in two at least
// once, and once in twelve pages.
func (p *page) cutting(heads []int) []int {
	pages, cuts := 0, 0
	for from := 0; from < len(heads); pages++ {
		to := from + 1
		for to < len(heads) && p.adjoin(heads[to-1], heads[to]) {
			to++
		}
		above, below := p.ordinaryBefore(heads[from]), p.ordinaryAfter(heads[to-1])
		cuts += count(above >= 0 && below >= 0 && goesOn(p.lines[above].text, p.lines[below].text))
		from = to
	}
	if cuts*12 < pages {
		return nil
	}
	return heads
}

// adjoin reports whether no other text stands between lines i and j.
func (p *page) adjoin(i, j int) bool {
	return !slices.ContainsFunc(p.lines[i+1:j], func(l line) bool { return l.role == ordinary || l.role == scene })
}

// isRegular reports whether the lines stand a page apart, again and again.
func (p *page) isRegular(at []int) bool {
	gaps := make([]int, len(at)-1)
	for k := range gaps {
		gaps[k] = at[k+1] - at[k]
	}
	sorted := slices.Sorted(slices.Values(gaps))
	middle := sorted[len(sorted)/2]
	regular := 0
	for _, g := range gaps {
		regular += count(float64(abs(g-middle)) <= regularGap*float64(middle))
	}
	return middle >= minPage && middle <= maxPage && regular*10 >= len(gaps)*ofTenPages
}

// rises reports whether the numbers in the lines count pages: up, by one or so.
// Lines without a number pass; a lone number that does not count is no page.
func (p *page) rises(key string, at []int) bool {
	if !strings.Contains(key, "#") {
		return true
	}
	steps := 0
	for k := 1; k < len(at); k++ {
		a, _ := strconv.Atoi(digits.FindString(p.lines[at[k-1]].text))
		b, _ := strconv.Atoi(digits.FindString(p.lines[at[k]].text))
		steps += count(b > a && b-a <= 2)
	}
	return steps*10 >= (len(at)-1)*9
}

// dropHeads takes out the heads and feet at one page's end, and the blank lines
// around them: all where the page broke in the middle of a sentence, whose
// halves are one line again, and all but one elsewhere.
func (p *page) dropHeads(heads []int) {
	from, to := heads[0], heads[len(heads)-1]
	above, below := from-1, to+1
	for above >= 0 && p.lines[above].role != ordinary && p.lines[above].role != scene {
		above--
	}
	for below < len(p.lines) && p.lines[below].role != ordinary && p.lines[below].role != scene {
		below++
	}
	if below == len(p.lines) {
		below = -1
	}
	within := above >= 0 && below >= 0 && goesOn(p.lines[above].text, p.lines[below].text)
	if !p.ask(p.lines[from].text, p.headMend(above, below, within)) {
		return
	}
	p.paged = true
	for _, i := range heads {
		p.lines[i].role = gone
	}
	if above < 0 || below < 0 {
		return
	}
	if within {
		p.lines[below].join = bySpace
	}
	for k := above + 1; k < below; k++ {
		if p.lines[k].role == blank && !within {
			within = true // one blank line stays between paragraphs
			continue
		}
		p.lines[k].role = gone
	}
}

// headMend is the mend that drops what stands between two lines.
func (p *page) headMend(above, below int, within bool) archive.Mend {
	m := archive.Mend{Rule: runningHead, Confidence: 0.95, Applied: true}
	m.Before, m.At = p.span(above, below)
	var sides []string
	if above >= 0 {
		sides = append(sides, lastWords(p.lines[above].text))
	}
	if below >= 0 {
		sides = append(sides, firstWords(p.lines[below].text))
	}
	between := "\n\n"
	if within {
		between = " "
	}
	m.After = strings.Join(sides, between)
	return m
}

// goesOn reports whether a sentence that above did not end goes on in below. A
// dash or a hyphen ends none where small letters follow.
func goesOn(above, below string) bool {
	first, _ := utf8.DecodeRuneInString(below)
	return isLower(first) && (!endsSentence(above) || strings.HasSuffix(above, "-") || strings.HasSuffix(above, "—"))
}
