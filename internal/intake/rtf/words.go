package rtf

// known are the destinations that may be passed over and are not.
var known = map[string]bool{"shppict": true, "ud": true, "fldinst": true, "shpinst": true, "shptxt": true, "listtext": true, "pntext": true, "footnote": true}

// look reads words about how text looks.
func (r *reader) look(t token) bool {
	on := !t.has || t.n != 0
	to := (*bool)(nil)
	switch t.name {
	case "i":
		to = &r.Italic
	case "b":
		to = &r.Bold
	case "ul", "uld", "uldash", "uldashd", "uldb", "ulth", "ulw", "ulwave", "uldashdd", "ulhwave", "ulldash":
		to = &r.Underline
	case "ulnone":
		to, on = &r.Underline, false
	case "strike", "striked":
		to = &r.Strike
	case "v":
		to = &r.hidden
	case "deleted":
		to = &r.deleted
	case "super":
		r.flush()
		r.Sub = false
		to = &r.Super
	case "sub":
		r.flush()
		r.Super = false
		to = &r.Sub
	case "nosupersub":
		r.flush()
		r.Sub = false
		to, on = &r.Super, false
	case "f":
		if r.to != fonts {
			r.flush()
			r.font = t.n
		}
		return r.to != fonts
	case "lang":
		r.flush()
		r.lang = t.n
		return true
	case "uc":
		r.skip = min(max(t.n, 0), 100)
		return true
	case "plain":
		r.flush()
		r.letters = letters{font: r.plain, lang: r.lang}
		return true
	default:
		return false
	}
	if *to != on {
		r.flush()
		*to = on
	}
	return true
}

// signs are the words that are characters.
var characters = map[string]string{
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"tab": "\t", "~": "\u00a0", "_": "\u2011", "-": "\u00ad", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
	"zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f", "zwbo": "\u200b", "ellipsis": "…",
}

func (r *reader) sign(t token) bool {
	s, ok := characters[t.name]
	if ok {
		r.say(s)
	}
	return ok
}

// is reads words about what a paragraph is.
func (r *reader) is(t token) bool {
	p := &r.paragraph
	switch t.name {
	case "pard":
		*p = paragraph{list: -1, style: -1}
	case "qc":
		p.align = "center"
	case "qr":
		p.align = "right"
	case "ql", "qj", "qd":
		p.align = ""
	case "rtlpar":
		p.rtl = true
	case "ltrpar":
		p.rtl = false
	case "s":
		if r.to != sheet {
			p.style = t.n
		}
	case "outlinelevel":
		if p.outline = t.n + 1; t.n < 0 || t.n > 5 {
			p.outline = 0
		}
	case "li", "lin":
		p.left = t.n
	case "fi":
		p.first = t.n
	case "intbl":
		p.inTable = true
	case "brdrb":
		p.below = true
	case "brdrl", "brdrr", "box":
		p.boxed = true
	case "pagebb":
		p.newPage = !t.has || t.n != 0
	case "ls":
		p.list = t.n
	case "ilvl":
		p.level = min(max(t.n, 0), 8)
	default:
		return false
	}
	return true
}

// goes reads words that say where a group goes.
func (r *reader) goes(t token) bool {
	if r.to == nowhere {
		return true
	}
	if to, ok := places[t.name]; ok {
		r.into(t.name, to)
		return true
	}
	switch t.name {
	case "title":
		r.only(info, title)
	case "author":
		r.only(info, author)
	case "pngblip", "jpegblip":
		r.shown = true
	case "fldrslt", "field", "shptxt", "shpinst", "shppict", "result":
	case "ud":
		r.only(either, r.instead)
	case "colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "nonshppict", "filetbl",
		"listtable", "listoverridetable", "revtbl", "rsidtbl", "pn", "pntxta", "pntxtb", "xe", "tc", "rxe", "template", "subject", "keywords",
		"comment", "doccomm", "operator", "category", "manager", "company", "hlinkbase", "creatim", "revtim", "printim", "buptim",
		"objdata", "objclass", "objname", "sp", "sn", "sv", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "private", "fontemb", "annotation", "atnid", "atnauthor":
		if r.inGroup() {
			r.to = nowhere
		}
	default:
		return false
	}
	return true
}

// places are the destinations that groups go to from anywhere.
var places = map[string]destination{
	"fonttbl": fonts, "stylesheet": sheet, "info": info, "pict": picture, "fldinst": command, "listtext": itemLabel, "pntext": itemLabel,
	"upr": either, "footnote": body,
}

func (r *reader) into(name string, to destination) {
	if !r.inGroup() {
		return
	}
	if name == "footnote" {
		r.note()
		return
	}
	r.instead = r.to
	r.to = to
	switch to {
	case picture:
		r.blip, r.half, r.shown = nil, -1, false
	case command:
		r.command.Reset()
	case itemLabel:
		r.label.Reset()
	}
}

// only goes to a destination from within one other.
func (r *reader) only(from, to destination) {
	if r.to == from {
		r.to = to
	}
}

// inGroup reports whether a group is open beyond that of the whole document,
// which never goes nowhere.
func (r *reader) inGroup() bool { return len(r.stack) > 1 && r.fresh }
