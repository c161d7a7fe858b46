package query

import (
	"strings"
	"unicode"

	"ficstead/internal/archive"
)

// value reads the value of a field. It returns nil if there is nothing to look up.
func (p *parser) value(t token) Q {
	name, _ := fieldNamed(t.field)
	if t.text == "" {
		p.problem("“%s:” has nothing behind it; it was left out.", name)
		return nil
	}
	switch q := fields[name].(type) {
	case Words:
		return Words{In: q.In, Text: t.text, Exact: t.quoted}
	case Tag:
		return Tag{Kind: q.Kind, Name: t.text}
	case Focus:
		return Focus{Name: t.text}
	case Language:
		return Language{Name: t.text}
	case Shelf:
		return Shelf{Status: t.text}
	case Number:
		return p.number(q, t.text)
	case Date:
		return p.date(q, t.text)
	case Flag:
		return p.flag(q, t.text)
	}
	return p.order(name, t.text)
}

func (p *parser) number(q Number, text string) Q {
	var ok bool
	if q.Range, ok = ParseRange(text); !ok {
		p.problem("“%s:%s” is not a number or range such as %s:>1000 or %s:1000-5000; it was left out.", q.Of, clip(text), q.Of, q.Of)
		return nil
	}
	return q
}

func (p *parser) date(q Date, text string) Q {
	var ok bool
	if q.Days, ok = ParseDays(text); !ok {
		p.problem("“%s:%s” is not a date or span such as %s:2024, %s:2020..2023 or %s:<30d; it was left out.", q.Of, clip(text), q.Of, q.Of, q.Of)
		return nil
	}
	return q
}

func (p *parser) flag(q Flag, text string) Q {
	yes, ok := ParseYesNo(text)
	if !ok && q.Of == OneShip { // the one relationship by its name
		return And{Flag{Of: OneShip, Yes: true}, Tag{Kind: archive.Relationship, Name: text}}
	}
	if !ok {
		p.problem("“%s:%s” should be %s:yes or %s:no; it was left out.", q.Of, clip(text), q.Of, q.Of)
		return nil
	}
	q.Yes = yes
	return q
}

// order reads the fields that are no question: sort, dir, and in:shelf.
func (p *parser) order(name, text string) Q {
	ok := false
	text = strings.ToLower(text)
	switch name {
	case "in":
		if text == "shelf" {
			return Shelf{}
		}
		p.problem("“in:%s” is unknown; only in:shelf can be asked. It was left out.", clip(text))
	case "sort":
		if p.query.Sort, ok = ParseSort(text); !ok {
			p.query.Sort = ""
			p.problem("“sort:%s” is no order; there are %s.", clip(text), listSorts())
		}
	case "dir":
		if p.query.Dir, ok = ParseDir(text); !ok {
			p.query.Dir = ""
			p.problem("“dir:%s” should be dir:asc or dir:desc; it was left out.", clip(text))
		}
	}
	return nil
}

// ParseYesNo reads "yes" and "no", and what else people write for them.
func ParseYesNo(s string) (yes, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "yes", "y", "true", "t", "1", "on":
		return true, true
	case "no", "n", "false", "f", "0", "off":
		return false, true
	}
	return false, false
}

func listSorts() string {
	var names []string
	for _, s := range Sorts {
		names = append(names, string(s))
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func isLetters(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// clip shortens what is quoted back to people.
func clip(s string) string {
	const most = 40
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
