package prose

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/base/bounds"
)

// restarts bounds how often reading begins again behind a mark that is never
// closed, because each time costs a walk to the end of the input.
const restarts = 8

// reader feeds tokens to a builder.
type reader struct {
	input string
	at    int // where the next token begins
	build *builder
	skip  string // the element being dropped with all it holds, or ""
	depth int    // of elements of that name within it

	lastClose map[string]int // where the last </name of an element begins
}

func read(input string, o ParseOptions) ([]Block, Report) {
	r := &reader{input: input, build: newBuilder(input, o), lastClose: map[string]int{}}
	for range restarts {
		if r.tokens() {
			return r.build.finish(), r.build.report
		}
		r.build.report.Unclosed++
	}
	// What still cannot be read as markup is text.
	r.build.text([]byte(r.input[r.at:]))
	return r.build.finish(), r.build.report
}

// tokens reads on to the end, and reports whether it got there. If it did not,
// what begins at r.at is to be read afresh.
func (r *reader) tokens() bool {
	start := r.at
	z := html.NewTokenizer(strings.NewReader(r.input[start:]))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return r.tail()
		case html.CommentToken:
			if open := unclosedComment(z.Raw()); open > 0 {
				r.at += open
				r.skip = ""
				return false
			}
		case html.TextToken:
			if r.skip == "" {
				r.build.text(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(z, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			tag, _ := z.TagName()
			r.end(lookUp(tag))
		}
		r.at += len(z.Raw())
	}
}

// unclosedComment returns the length of the mark that opens a comment which
// never ends, or 0 if it ends. What a browser takes for a comment besides
// (<!x> and <?x>) ends at the first ">".
func unclosedComment(comment []byte) int {
	if body, ok := bytes.CutPrefix(comment, []byte("<!--")); ok {
		for _, end := range []string{"-->", "--!>"} {
			if bytes.HasSuffix(body, []byte(end)) {
				return 0
			}
		}
		if string(body) == ">" || string(body) == "->" {
			return 0
		}
		return len("<!--")
	}
	if bytes.HasSuffix(comment, []byte(">")) {
		return 0
	}
	return min(2, len(comment))
}

// tail decides about what the tokenizer left at the end: half a tag. If it has
// a ">", an open quotation mark swallowed it, and it is the rest of the story.
func (r *reader) tail() bool {
	rest := r.input[r.at:]
	if !strings.Contains(rest, ">") {
		if rest != "" {
			r.build.report.Unclosed++
		}
		return true
	}
	if r.skip == "" {
		r.build.text([]byte("<"))
	}
	r.at++
	r.skip = ""
	return false
}

func (r *reader) start(z *html.Tokenizer, closed bool) {
	tag, more := z.TagName()
	e := lookUp(tag)
	name := e.name
	rawText := raw(name)
	if rawText && (name == "plaintext" || !r.closes(name)) {
		z.NextIsNotRawText()
		rawText = false
	}
	if r.skip != "" && !r.leaves(e, name) {
		if name == r.skip && !closed {
			r.depth++
		}
		return
	}
	r.skip = ""
	if e.role == dropped {
		r.drop(name, closed)
		return
	}
	if more {
		r.build.openWith(e, attributes(z))
	} else {
		r.build.open(e, attrs{}, look{})
	}
	if rawText && e.role == media {
		r.skip, r.depth = name, 0 // what an iframe holds is not for us
	}
}

// leaves reports whether an element ends what is being dropped without an end tag.
func (r *reader) leaves(e element, name string) bool {
	switch r.skip {
	case "svg", "math":
		return e.breaksOut()
	case "head":
		return name == "body"
	}
	return false
}

// drop begins to skip an element, if its end comes at all.
func (r *reader) drop(name string, closed bool) {
	switch {
	case closed && (name == "svg" || name == "math"):
	case r.closes(name):
		r.skip, r.depth = name, 0
	default:
		r.build.report.Unclosed++
		return
	}
	r.build.report.drop(name)
}

func (r *reader) end(e element) {
	if r.skip == "" {
		r.build.close(e)
		return
	}
	if e.name == r.skip {
		if r.depth--; r.depth < 0 {
			r.skip = ""
		}
	}
}

// lookUp finds an element by its name. One we do not know is unwrapped.
func lookUp(tag []byte) element {
	if e, ok := elements[string(tag)]; ok {
		return e
	}
	return element{name: string(tag)}
}

// closes reports whether an end tag of that name comes later. It looks for the
// last one once, so that many open elements cost no more than one.
func (r *reader) closes(name string) bool {
	last, ok := r.lastClose[name]
	if !ok {
		last = lastFold(r.input, "</"+name)
		r.lastClose[name] = last
	}
	return last >= r.at
}

// lastFold is strings.LastIndex without regard to the case of ASCII letters.
func lastFold(s, lower string) int {
	for end := len(s); end > 0; {
		i := strings.LastIndexByte(s[:end], '<')
		if i < 0 {
			return -1
		}
		if len(s)-i >= len(lower) && strings.EqualFold(s[i:i+len(lower)], lower) {
			return i
		}
		end = i
	}
	return -1
}

// attrs are the attributes that mean something to us.
type attrs struct {
	id, name, href, src, alt, title, class, style, align, lang, dir string
	width, height, start, colspan, rowspan                          string
}

func attributes(z *html.Tokenizer) (a attrs) {
	var key, value []byte
	for more := true; more; {
		key, value, more = z.TagAttr()
		if field := a.field(key); field != nil && *field == "" && len(value) <= bounds.Attribute {
			*field = string(value)
		}
	}
	return a
}

func (a *attrs) field(key []byte) *string {
	switch string(key) {
	case "id":
		return &a.id
	case "name":
		return &a.name
	case "href":
		return &a.href
	case "src":
		return &a.src
	case "alt":
		return &a.alt
	case "title":
		return &a.title
	case "class":
		return &a.class
	case "style":
		return &a.style
	case "align":
		return &a.align
	case "lang", "xml:lang":
		return &a.lang
	case "dir":
		return &a.dir
	case "width":
		return &a.width
	case "height":
		return &a.height
	case "start":
		return &a.start
	case "colspan":
		return &a.colspan
	case "rowspan":
		return &a.rowspan
	}
	return nil
}
