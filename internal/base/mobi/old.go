package mobi

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strconv"

	"ficstead/internal/base/bounds"
)

var (
	// All programs write these in small letters, and patterns that begin with
	// letters as they are find them ten times as fast.
	pageBreak = regexp.MustCompile(`<mbp:pagebreak[^<>]*>(?:\s*</mbp:pagebreak>)?`)
	filePlace = regexp.MustCompile(`filepos\s*=\s*["']?0*([0-9]{1,10})["']?`)
	toContent = regexp.MustCompile(`<reference[^<>]*type\s*=\s*["']?toc["']?[^<>]*>`)
	// embedded are pictures by their number: in decimal, or in 32 digits.
	embedded = regexp.MustCompile(`(?i)(?:\w*src\s*=\s*)?["']?kindle:embed:([0-9a-v]{4})[^"'\s>]*["']?|(?:\blo|\bhi|\b)recindex\s*=\s*["']?0*([0-9]{1,6})["']?`)
)

// pages cuts the text of an older book where pages are turned, and makes its
// links, which lead to bytes of the text, lead to elements.
func (r *reader) pages(b *Book, text []byte) {
	contents := r.oldContents()
	targets := map[int]bool{}
	for _, m := range filePlace.FindAllSubmatch(text, bounds.MobiIndex) {
		at, _ := strconv.Atoi(string(m[1]))
		targets[at] = true
	}
	for _, e := range contents {
		targets[e.at] = true
	}
	cuts := pageBreak.FindAllIndex(text, -1)
	bounds := [][2]int{{0, len(text)}}
	for _, c := range cuts {
		bounds[len(bounds)-1][1] = c[0]
		bounds = append(bounds, [2]int{c[1], len(text)})
	}
	pageOf := func(at int) int {
		return max(0, sort.Search(len(bounds), func(i int) bool { return bounds[i][0] > at })-1)
	}
	var places []int
	for at := range targets {
		places = append(places, at)
	}
	slices.Sort(places)
	toc := -1
	if m := filePlace.FindSubmatch(toContent.Find(text)); m != nil {
		at, _ := strconv.Atoi(string(m[1]))
		toc = pageOf(at)
	}
	for i, bound := range bounds {
		part := Part{Name: partName(i), Data: marked(text, bound, &places)}
		part.Data = filePlace.ReplaceAllFunc(part.Data, func(link []byte) []byte {
			at, _ := strconv.Atoi(string(filePlace.FindSubmatch(link)[1]))
			return fmt.Appendf(nil, `href="%s#filepos%d"`, partName(pageOf(at)), at)
		})
		if i == toc {
			part.Kind = "toc"
		}
		b.Parts = append(b.Parts, part)
	}
	for _, e := range contents {
		b.TOC = append(b.TOC, Entry{e.title, e.level, pageOf(e.at), fmt.Sprintf("filepos%d", e.at)})
	}
}

// marked is a stretch of the text with an element at each place in it. Places
// are taken from the row as they are passed.
func marked(text []byte, bound [2]int, places *[]int) []byte {
	var out bytes.Buffer
	at := bound[0]
	for len(*places) > 0 && (*places)[0] < bound[1] {
		place := (*places)[0]
		*places = (*places)[1:]
		here := min(max(outsideTag(text, min(max(place, 0), len(text))), at), bound[1])
		out.Write(text[at:here])
		fmt.Fprintf(&out, `<a id="filepos%d"></a>`, place)
		at = here
	}
	out.Write(text[at:bound[1]])
	return out.Bytes()
}

// oldEntry is a line of the table of contents of an older book.
type oldEntry struct {
	title     string
	level, at int
}

func (r *reader) oldContents() (toc []oldEntry) {
	x := r.readIndex(r.raw.u32(244))
	for _, e := range x.entries {
		if title, at := x.label(e.value(3, 0)), e.value(1, 0); len(title) > 0 && at >= 0 {
			toc = append(toc, oldEntry{r.decode(title), max(e.value(4, 0), 0), at})
		}
	}
	return toc
}

// hasPictures is cheap, and says no to most pages.
func hasPictures(page []byte) bool {
	for _, sign := range [...]string{"kindle:embed:", "recindex", "RECINDEX"} {
		if bytes.Contains(page, []byte(sign)) {
			return true
		}
	}
	return false
}

// pictureName makes the address of a picture of what tells its number.
func pictureName(tag []byte) []byte {
	m := embedded.FindSubmatch(tag)
	n, base := string(m[2]), 10
	if len(m[1]) > 0 {
		n, base = string(m[1]), 32
	}
	number, _ := strconv.ParseInt(n, base, 64)
	return fmt.Appendf(nil, `src="pictures/%d"`, number)
}
