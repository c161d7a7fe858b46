package prose

import (
	"slices"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/link"
)

// openInline takes the start of an inline element.
func (b *builder) openInline(name string, e element, a attrs, l look) {
	if len(b.inline) >= bounds.InlineDepth {
		b.ignored[name]++
		b.report.Flattened++
		return
	}
	o := open{tag: name, lasting: e.lasting, lines: l.lines, depth: len(b.scopes)}
	switch e.mark {
	case "":
	case "a":
		b.closeInline("a") // a link does not stand in a link
		if a.href == "" {
			break
		}
		if href := cleanHref(a.href); href != "" {
			o.marks = append(o.marks, Mark{Tag: "a", Href: href})
		} else if strings.Trim(a.href, spaces) != "#" {
			b.report.Links++
		}
	case "abbr":
		o.marks = append(o.marks, Mark{Tag: "abbr", Title: oneLine(a.title)})
	case "q":
		b.q++
		o.marks = append(o.marks, Mark{Tag: "q", instance: b.q})
	case "rt", "rp":
		b.closeInline("rt")
		b.closeInline("rp")
		o.marks = append(o.marks, Mark{Tag: e.mark})
	default:
		o.marks = append(o.marks, Mark{Tag: e.mark})
	}
	if l.lang != "" || l.dir != "" {
		o.marks = append([]Mark{{Tag: "span", Lang: l.lang, Dir: l.dir}}, o.marks...)
	}
	o.marks = append(o.marks, l.marks...)
	if l.lines {
		b.lines++
	}
	b.inline = append(b.inline, o)
	b.stale = true
}

// closeInline takes the end of an inline element. Formatting that was opened
// within it goes on behind it, as in browsers; other elements end with it.
func (b *builder) closeInline(name string) {
	for i := len(b.inline) - 1; i >= 0; i-- {
		if b.inline[i].tag == name {
			b.leaveInline(b.inline[i])
			b.inline = slices.Delete(b.inline, i, i+1)
			b.endInlineOf(i)
			return
		}
	}
}

// endInlineOf ends the inline elements from the nth on that do not last.
func (b *builder) endInlineOf(n int) {
	b.stale = true
	if n >= len(b.inline) {
		return
	}
	kept := b.inline[:n]
	for _, o := range b.inline[n:] {
		if o.lasting {
			kept = append(kept, o)
		} else {
			b.leaveInline(o)
		}
	}
	b.inline = kept
}

func (b *builder) leaveInline(o open) {
	if o.lines {
		b.lines--
	}
}

// current returns the marks that text stands under here.
func (b *builder) current() []Mark {
	if !b.stale {
		return b.marks
	}
	b.stale = false
	var marks []Mark
	for i := range b.scopes {
		marks = b.under(marks, b.scopes[i].marks)
	}
	marks = b.under(marks, b.leaf.marks)
	for i := range b.inline {
		marks = b.under(marks, b.inline[i].marks)
	}
	b.marks = marks
	return marks
}

// under adds marks to those outside them, each where it means something.
func (b *builder) under(outer, marks []Mark) []Mark {
	for _, m := range marks {
		if len(outer) >= bounds.Marks {
			return outer
		}
		at := slices.IndexFunc(outer, func(o Mark) bool { return o.Tag == m.Tag })
		switch {
		case m.Tag == "code" && b.leaf.kind == Pre:
		case m.Tag == "q":
			outer = append(outer, m)
		case m.Tag == "span":
			last := lastSpan(outer)
			if m.Lang == last.Lang && (m.Dir == last.Dir || m.Dir == "") && (m.Lang != "" || m.Dir != "") {
				continue
			}
			outer = append(outer, m)
		case at >= 0:
		case m.Tag == "rt" || m.Tag == "rp":
			ruby := slices.IndexFunc(outer, func(o Mark) bool { return o.Tag == "ruby" })
			if ruby >= 0 && !slices.ContainsFunc(outer, func(o Mark) bool { return o.Tag == "rt" || o.Tag == "rp" }) {
				outer = slices.Insert(outer, ruby+1, m)
			}
		default:
			outer = append(outer, m)
		}
	}
	return outer
}

func lastSpan(marks []Mark) Mark {
	for _, m := range slices.Backward(marks) {
		if m.Tag == "span" {
			return m
		}
	}
	return Mark{}
}

// target keeps the id of an element if a link may lead to it.
func (b *builder) target(e element, a attrs) {
	name := e.name
	raw := a.id
	if raw == "" && name == "a" {
		raw = a.name
	}
	if raw == "" {
		return
	}
	id := anchor(raw)
	explicit := strings.HasPrefix(raw, anchorPrefix) || name == "a" && a.href == ""
	if id == "" || b.used[id] || !explicit && !b.targets[id] || len(b.used) >= bounds.Targets {
		return
	}
	b.used[id] = true
	if b.leaf.open && e.isInline() {
		b.putRun(Run{Anchor: id})
		return
	}
	b.anchors = append(b.anchors, id)
}

func (e element) isInline() bool {
	switch e.role {
	case unwrapped, marked, styled, picture, line:
		return true
	}
	return false
}

// picture takes an img.
func (b *builder) picture(a attrs) {
	src := image(a.src, b.data)
	alt := oneLine(a.alt)
	if src == "" || b.full() {
		b.report.Images++
		if alt != "" {
			b.text([]byte(alt))
		}
		return
	}
	if b.leaf.open && b.leaf.kind == Pre {
		b.text([]byte(alt))
		return
	}
	b.need()
	b.leaf.visible = true
	b.putRun(Run{Image: &Image{Src: src, Alt: alt, Width: number(a.width, bounds.PictureSide), Height: number(a.height, bounds.PictureSide)}})
}

// media takes a sound, a film or a page within the page, which we show as a
// link: for a recording of a story it is the story.
func (b *builder) media(a attrs) {
	src := link.Web(a.src)
	if src == "" {
		if a.src != "" {
			b.report.Links++
		}
		return
	}
	title := oneLine(a.title)
	if title == "" {
		title = strings.TrimPrefix(strings.TrimPrefix(src, "https://"), "http://")
	}
	b.closeInline("a")
	b.inline = append(b.inline, open{tag: "a", marks: []Mark{{Tag: "a", Href: src}}, depth: len(b.scopes)})
	b.stale = true
	b.text([]byte(title))
	b.closeInline("a")
}

func oneLine(s string) string { return strings.Join(strings.Fields(string(clean([]byte(s)))), " ") }
