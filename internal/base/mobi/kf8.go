package mobi

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"

	"ficstead/internal/base/bounds"
)

// parts puts the pages of a book together: each is a frame, and fragments that
// go into it one by one. Where the tables lie, the text is one page as it stands.
func (r *reader) parts(b *Book, text []byte) {
	text = text[:r.pagesEnd(len(text))]
	frames, fragments := r.readIndex(r.raw.u32(252)), r.readIndex(r.raw.u32(248))
	at, used, copied := 0, 0, 0
	starts := make([]int, len(fragments.entries)) // of each within its page
	pages := make([]int, len(fragments.entries))
	for i, f := range frames.entries {
		start, size, n := f.value(6, 0), f.value(6, 1), f.value(1, 0)
		if start < at || size < 0 || start+size > len(text) || n < 0 || n > len(fragments.entries)-used {
			b.Parts, b.Cut = nil, true
			break
		}
		frame := bytes.Clone(text[start : start+size])
		at = start + size
		for j := used; j < used+n; j++ {
			length := fragments.entries[j].value(6, 1)
			place, err := strconv.Atoi(fragments.entries[j].name)
			if err != nil || length < 0 || at+length > len(text) {
				b.Cut = true
				break
			}
			if copied += len(frame); copied > maxCopied {
				b.Cut = true
				break
			}
			place = outsideTag(frame, min(max(place-start, 0), len(frame)))
			frame = insert(frame, place, text[at:at+length])
			starts[j], pages[j] = place, i
			at += length
		}
		used += n
		b.Parts = append(b.Parts, Part{Name: partName(i), Data: frame})
	}
	if len(b.Parts) == 0 {
		b.Parts = []Part{{Name: partName(0), Data: text}}
		return
	}
	r.fragments(b, places{starts, pages})
}

// maxCopied bounds how much is moved to make room for fragments, in bytes: for a
// long book in one frame it is a tenth of that.
const maxCopied = 2 << 30

// pagesEnd is where the pages end and styles and drawings begin.
func (r *reader) pagesEnd(size int) int {
	table := bytesAt(r.row(r.raw.u32(192)))
	if bytes.HasPrefix(table, []byte("FDST")) && table.u32(8) > 0 {
		if end := table.u32(16); end > 0 && end < size {
			return end
		}
	}
	return size
}

func partName(i int) string { return fmt.Sprintf("part%04d.xhtml", i) }

func insert(into []byte, at int, what []byte) []byte {
	out := make([]byte, 0, len(into)+len(what))
	out = append(out, into[:at]...)
	out = append(out, what...)
	return append(out, into[at:]...)
}

// outsideTag moves a place that is within a tag behind it.
func outsideTag(b []byte, at int) int {
	open := bytes.LastIndexByte(b[:at], '<')
	shut := bytes.LastIndexByte(b[:at], '>')
	if open <= shut {
		return at
	}
	if end := bytes.IndexByte(b[at:], '>'); end >= 0 {
		return at + end + 1
	}
	return at
}

// places are where the fragments of a book begin, by their numbers.
type places struct{ starts, pages []int }

// find returns the page and the byte in it of a place that a link tells by the
// number of a fragment and what follows that.
func (p places) find(fragment, offset int) (page, at int, ok bool) {
	if fragment < 0 || fragment >= len(p.starts) {
		return 0, 0, false
	}
	return p.pages[fragment], p.starts[fragment] + offset, true
}

var (
	leads = regexp.MustCompile(`kindle:pos:fid:([0-9A-Va-v]{4}):off:([0-9A-Va-v]{10})`)
	ids   = regexp.MustCompile(`\s(?:id|name|aid)\s*=\s*["']([^"']*)["']`)
	tags  = regexp.MustCompile(`<[a-zA-Z][^<>]*>`)
)

// fragments makes the links of a book lead to elements of its pages, and reads
// its table of contents.
func (r *reader) fragments(b *Book, p places) {
	type target struct {
		page int
		id   string
	}
	known := map[[2]int]target{}
	lookup := func(fragment, offset int) (target, bool) {
		key := [2]int{fragment, offset}
		if t, ok := known[key]; ok {
			return t, true
		}
		page, at, ok := p.find(fragment, offset)
		if !ok || len(known) > bounds.MobiIndex {
			return target{}, false
		}
		t := target{page, idAt(b.Parts[page].Data, at)}
		known[key] = t
		return t, true
	}
	x := r.readIndex(r.raw.u32(244))
	for _, e := range x.entries {
		t, ok := lookup(e.value(6, 0), e.value(6, 1))
		if title := x.label(e.value(3, 0)); ok && len(title) > 0 {
			b.TOC = append(b.TOC, Entry{Title: r.decode(title), Level: max(e.value(4, 0), 0), Part: t.page, ID: t.id})
		}
	}
	for i := range b.Parts {
		data := b.Parts[i].Data
		if !bytes.Contains(data, []byte("kindle:pos:")) {
			continue
		}
		b.Parts[i].Data = leads.ReplaceAllFunc(data, func(link []byte) []byte {
			m := leads.FindSubmatch(link)
			fragment, _ := strconv.ParseInt(string(m[1]), 32, 64)
			offset, _ := strconv.ParseInt(string(m[2]), 32, 64)
			t, ok := lookup(int(fragment), int(offset))
			if !ok {
				return []byte("#")
			}
			return []byte(b.Parts[t.page].Name + "#" + t.id)
		})
	}
}

// near is how far behind a place its element may begin.
const near = 4000

// idAt returns the id of the first element from a place on that has one.
func idAt(page []byte, at int) string {
	if at < 0 || at > len(page) {
		return ""
	}
	if open := bytes.LastIndexByte(page[:at], '<'); open > bytes.LastIndexByte(page[:at], '>') {
		at = open
	}
	for _, t := range tags.FindAll(page[at:min(len(page), at+near)], 5) {
		if m := ids.FindSubmatch(t); m != nil && !bytes.Contains(m[0], []byte("aid")) {
			return string(m[1])
		}
	}
	return ""
}
