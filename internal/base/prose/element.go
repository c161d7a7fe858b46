package prose

// role is what an element of the input means to us.
type role uint8

const (
	unwrapped role = iota // unknown or without meaning: what it holds stays, in the line
	frame                 // what it holds stays, as blocks of their own
	dropped               // goes with all it holds
	gone                  // goes; it holds nothing
	paragraph
	heading
	pre
	container // becomes the block of element.kind
	leaf      // holds text only: term, caption, summary
	marked    // an inline element, element.mark
	styled    // an inline element that means something by its attributes only
	line      // br
	rule      // hr
	picture
	media // shown as a link to its src
)

// element is what is known of an element by its name.
type element struct {
	name  string
	role  role
	kind  Kind
	mark  string
	level uint8
	// lasting: formatting that, never closed, goes on in the next block.
	lasting bool
}

// elements says what becomes of each element of HTML. What is not here is
// unwrapped: its text stays in the line.
var elements = func() map[string]element {
	table := map[string]element{
		"p": {role: paragraph}, "pre": {role: pre}, "listing": {role: pre}, "xmp": {role: pre},
		"br": {role: line}, "hr": {role: rule}, "img": {role: picture}, "image": {role: picture},
		"blockquote": {role: container, kind: Quote},
		"ul":         {role: container, kind: List}, "ol": {role: container, kind: List, level: 1},
		"menu": {role: container, kind: List}, "dir": {role: container, kind: List},
		"li": {role: container, kind: Item},
		"dl": {role: container, kind: Definitions}, "dd": {role: container, kind: Definition}, "dt": {role: leaf, kind: Term},
		"table": {role: container, kind: Table}, "tr": {role: container, kind: Row},
		"td": {role: container, kind: Cell}, "th": {role: container, kind: Cell, level: 1}, "caption": {role: leaf, kind: Caption},
		"figure": {role: container, kind: Figure}, "figcaption": {role: container, kind: FigureCaption},
		"details": {role: container, kind: Details}, "summary": {role: leaf, kind: Summary},
		"span": {role: styled}, "font": {role: styled, lasting: true}, "bdo": {role: styled}, "bdi": {role: styled},
		"i": {role: marked, mark: "em", lasting: true}, "em": {role: marked, mark: "em", lasting: true},
		"b": {role: marked, mark: "strong", lasting: true}, "strong": {role: marked, mark: "strong", lasting: true},
		"strike": {role: marked, mark: "s", lasting: true}, "s": {role: marked, mark: "s", lasting: true},
		"u": {role: marked, mark: "u", lasting: true}, "small": {role: marked, mark: "small", lasting: true},
		"code": {role: marked, mark: "code", lasting: true}, "tt": {role: marked, mark: "code", lasting: true},
		"a":    {role: marked, mark: "a", lasting: true},
		"samp": {role: marked, mark: "code"}, "var": {role: marked, mark: "em"}, "dfn": {role: marked, mark: "em"},
		"acronym": {role: marked, mark: "abbr"},
		"iframe":  {role: media}, "embed": {role: media}, "audio": {role: media}, "video": {role: media}, "source": {role: media},
	}
	for _, tag := range []string{"sub", "sup", "kbd", "mark", "q", "cite", "abbr", "ins", "del", "ruby", "rt", "rp"} {
		table[tag] = element{role: marked, mark: tag}
	}
	for i, tag := range []string{"h1", "h2", "h3", "h4", "h5", "h6"} {
		table[tag] = element{role: heading, level: uint8(i + 1)}
	}
	for _, tag := range []string{"div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "address",
		"body", "html", "form", "fieldset", "legend", "hgroup", "search", "dialog", "thead", "tbody", "tfoot", "colgroup", "object", "applet"} {
		table[tag] = element{role: frame}
	}
	for _, tag := range []string{"script", "style", "template", "svg", "math", "select", "datalist", "textarea", "button", "title",
		"head", "noscript", "noframes", "noembed", "frameset"} {
		table[tag] = element{role: dropped}
	}
	for _, tag := range []string{"input", "link", "meta", "base", "basefont", "bgsound", "param", "track", "area", "col", "wbr", "frame", "keygen", "option", "optgroup"} {
		table[tag] = element{role: gone}
	}
	for name, e := range table {
		e.name = name
		table[name] = e
	}
	return table
}()

// raw names the elements whose contents are no markup to a tokenizer.
func raw(tag string) bool {
	switch tag {
	case "script", "style", "textarea", "title", "iframe", "noembed", "noframes", "noscript", "xmp", "plaintext":
		return true
	}
	return false
}

// breaksOut reports whether an element ends an svg or math it stands in, as it
// does for a browser: markup of a story, not of a drawing.
func (e element) breaksOut() bool {
	switch e.role {
	case paragraph, heading, pre, rule, line, frame, container:
		return true
	}
	return false
}
