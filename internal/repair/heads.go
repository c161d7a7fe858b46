package repair

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
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
// at regular distances, and their numbers must rise.
func runningHeads(p *page) {
	groups := map[string][]int{}
	var keys []string
	for i, l := range p.lines {
		if l.role != ordinary || l.runes > longestHead || endsSentence(l.text) && !pageNumber.MatchString(l.text) || markerOf(l.text) != noMarker {
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
		if at := groups[key]; len(at) >= leastHeads && p.isRegular(at) && p.rises(key, at) {
			heads = append(heads, at...)
		}
	}
	slices.Sort(heads)
	heads = p.withoutText(heads)
	for _, i := range heads {
		l := &p.lines[i]
		l.role = gone
		p.tell(runningHead, l.at, l.text, "", 0.95)
	}
	for _, i := range heads {
		p.closePage(i)
	}
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

// closePage takes out the blank lines around the head at i: all where the page
// broke in the middle of a sentence, whose halves are one line again, and all
// but one elsewhere.
func (p *page) closePage(i int) {
	from, to := i, i
	for from > 0 && p.lines[from-1].role != ordinary && p.lines[from-1].role != scene {
		from--
	}
	for to < len(p.lines)-1 && p.lines[to+1].role != ordinary && p.lines[to+1].role != scene {
		to++
	}
	if from == 0 || to == len(p.lines)-1 {
		return
	}
	above, below := p.lines[from-1], &p.lines[to+1]
	within := goesOn(above.text, below.text)
	if within {
		below.join = bySpace
	}
	for k := from; k <= to; k++ {
		if p.lines[k].role == blank && !within {
			within = true // one blank line stays between paragraphs
			continue
		}
		p.lines[k].role = gone
	}
}

// goesOn reports whether a sentence that above did not end goes on in below. A
// dash or a hyphen ends none where small letters follow.
func goesOn(above, below string) bool {
	first, _ := utf8.DecodeRuneInString(below)
	return isLower(first) && (!endsSentence(above) || strings.HasSuffix(above, "-") || strings.HasSuffix(above, "—"))
}

// isPaged reports whether the text was copied from pages.
func (p *page) isPaged() bool {
	return slices.ContainsFunc(p.mends, func(m archive.Mend) bool { return m.Rule == runningHead })
}
