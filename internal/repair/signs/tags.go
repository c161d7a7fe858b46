package signs

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a tag that stands as text is made into.
type use uint8

const (
	unknown use = iota
	mark        // what is between stands under it
	drop        // it had no meaning that is kept
	block       // what is between is a block of its own
	link        // its text or its value is an address
	cut         // it stands alone: a line, paragraph or scene ends
)

// known are the tags of HTML and of boards that stories are left with.
var known = map[string]struct {
	use  use
	is   string
	html bool // of HTML
	bb   bool // of boards
}{
	"i": {mark, "em", true, true}, "em": {mark, "em", true, true}, "b": {mark, "strong", true, true}, "strong": {mark, "strong", true, true},
	"u": {mark, "u", true, true}, "s": {mark, "s", true, true}, "strike": {mark, "s", true, true}, "del": {mark, "s", true, false},
	"sub": {mark, "sub", true, true}, "sup": {mark, "sup", true, true}, "small": {mark, "small", true, false},
	"font": {drop, "", true, true}, "span": {drop, "", true, false}, "div": {drop, "", true, false},
	"color": {drop, "", false, true}, "colour": {drop, "", false, true}, "size": {drop, "", false, true},
	"center": {block, Center, true, true}, "blockquote": {block, Quote, true, false}, "quote": {block, Quote, false, true}, "spoiler": {block, Quote, false, true},
	"url": {link, "a", false, true}, "img": {link, "a", false, true},
	"br": {cut, "\n", true, true}, "hr": {cut, Scene, true, true}, "p": {cut, Paragraph, true, false},
}

// tagSign is one tag as it stands in the text.
type tagSign struct {
	name     string
	value    string // what is behind "="
	end      bool
	bracket  bool // [so]
	from, to int
}

// key tells the tags that may be a pair from others.
func (t tagSign) key() string {
	if t.bracket {
		return "[" + t.name
	}
	return t.name
}

// openers are how the first sign of a tag is written, and the last then.
var openers = [...]struct{ first, last string }{{"<", ">"}, {"[", "]"}, {"&lt;", "&gt;"}, {"&amp;lt;", "&amp;gt;"}, {"&#60;", "&#62;"}}

// longestTag bounds a tag, in bytes.
const longestTag = 200

// tagAt reads the tag that begins at i, if it is one that is known.
func tagAt(text string, i int) (t tagSign, ok bool) {
	for _, o := range openers {
		rest, ok := strings.CutPrefix(text[i:], o.first)
		if !ok {
			continue
		}
		n := strings.Index(rest[:min(len(rest), longestTag)], o.last)
		if n < 1 {
			return t, false
		}
		inner := rest[:n]
		t = tagSign{bracket: o.first == "[", from: i, to: i + len(o.first) + n + len(o.last)}
		inner, t.end = strings.CutPrefix(strings.TrimSpace(inner), "/")
		end := 0
		for end < len(inner) && isLetter(inner[end]) {
			end++
		}
		t.name, inner = strings.ToLower(inner[:end]), strings.TrimSpace(inner[end:])
		is := known[t.name]
		if t.bracket {
			t.value = strings.Trim(strings.TrimPrefix(inner, "="), `"' `)
			return t, is.bb && (inner == "" || inner[0] == '=' && !t.end || t.name == "img")
		}
		attributes := inner == "" || inner == "/" || !t.end && strings.Contains(inner, "=")
		return t, is.html && attributes && strings.IndexByte(inner, '<') < 0
	}
	return t, false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// tagSigns lists the known tags of the text.
func (l *line) tagSigns() []tagSign {
	var found []tagSign
	for i := 0; i < len(l.text); i++ {
		switch l.text[i] {
		case '<', '[', '&':
			if t, ok := tagAt(l.text, i); ok {
				found = append(found, t)
				i = t.to - 1
			}
		}
	}
	return found
}

// countTags counts tags, and those that the text is about.
func (l *line) countTags() {
	found := l.tagSigns()
	l.Evidence.tags += len(found)
	if l.isAbout(found) {
		l.explains += len(found)
	}
}

// isAbout reports whether the text speaks of the tags in it.
func (l *line) isAbout(tags []tagSign) bool {
	if len(tags) == 0 {
		return false
	}
	for _, t := range tags {
		const enough = 30
		word, _, _ := strings.Cut(strings.TrimLeft(l.text[t.to:min(len(l.text), t.to+enough)], `"'”’ `), " ")
		switch strings.ToLower(strings.TrimRightFunc(word, unicode.IsPunct)) {
		case "tag", "tags", "element", "elements":
			return true
		}
	}
	lower := strings.ToLower(l.text)
	return strings.Contains(lower, "html") || strings.Contains(lower, "bbcode") || strings.Contains(lower, "markup")
}

// tags reads tags that stand as text: pairs, and those that have no end.
func (l *line) tags() {
	found := l.tagSigns()
	if len(found) == 0 {
		return
	}
	about := l.isAbout(found) || l.explains*2 > l.Evidence.tags
	const deepest = 8
	open := map[string][]tagSign{}
	for _, t := range found {
		is := known[t.name]
		key := t.key()
		switch {
		case is.use == cut:
			text := is.is
			if t.end && t.name != "p" {
				continue
			}
			l.add(Change{Rule: RuleMarkup, Cuts: []Cut{{t.from, t.to, text}}, Confidence: sure(about), Suggested: about})
		case !t.end:
			if open[key] = append(open[key], t); len(open[key]) > deepest {
				l.unbalanced(open[key][0], key, "")
				open[key] = open[key][1:]
			}
		case len(open[key]) > 0:
			first := open[key][len(open[key])-1]
			open[key] = open[key][:len(open[key])-1]
			l.pair(first, t, about)
		default:
			l.unbalanced(t, "", key)
		}
	}
	for _, t := range found {
		key := t.key()
		if slices.ContainsFunc(open[key], func(o tagSign) bool { return o.from == t.from }) {
			l.unbalanced(t, key, "")
		}
	}
}

func sure(asked bool) float64 {
	if asked {
		return 0.5
	}
	return 0.99
}

// pair makes what two tags meant of what is between them.
func (l *line) pair(first, last tagSign, about bool) {
	is := known[first.name]
	c := Change{Rule: RuleMarkup, Confidence: sure(about), Suggested: about, From: first.to, To: last.from}
	c.Cuts = []Cut{{From: first.from, To: first.to}, {From: last.from, To: last.to}}
	switch is.use {
	case mark:
		c.Rule, c.Mark = RuleItalics, is.is
	case block:
		c.Mark = is.is
		c.Cuts[0].Text, c.Cuts[1].Text = Paragraph, Paragraph
	case link:
		c.Mark, c.Href = is.is, strings.TrimSpace(first.value)
		if address := strings.TrimSpace(l.text[first.to:last.from]); c.Href == "" || first.name == "img" {
			c.Href = address
		}
		if !strings.HasPrefix(c.Href, "http://") && !strings.HasPrefix(c.Href, "https://") || strings.ContainsAny(c.Href, " \n") {
			c.Mark, c.Href = "", ""
		}
	}
	l.add(c)
}

// unbalanced suggests what the one tag of a pair may have meant: all up to the
// end of the paragraph, or from its beginning.
func (l *line) unbalanced(t tagSign, opens, closes string) {
	c := Change{Rule: RuleItalics, Cuts: []Cut{{From: t.from, To: t.to}}, Mark: known[t.name].is, Opens: opens, Closes: closes, Confidence: 0.4, Suggested: true}
	if c.From, c.To = t.to, len(l.text); closes != "" {
		c.From, c.To = 0, t.from
	}
	before, _ := utf8.DecodeLastRuneInString(l.text[:t.from])
	after, _ := utf8.DecodeRuneInString(l.text[t.to:])
	index := unicode.IsLetter(before) || unicode.IsDigit(before) // a[i] is one
	stands := !index && (unicode.IsLetter(after) || strings.ContainsRune("“\"‘'…", after))
	if closes != "" {
		stands = t.from > 0 && !unicode.IsSpace(before)
	}
	if known[t.name].use == mark && stands {
		l.add(c)
	}
}
