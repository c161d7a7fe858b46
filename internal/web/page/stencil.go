package page

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"reflect"
	"strings"
	"sync"
)

// A Stencil is a Fragment for pages that show it a hundred times. Its values are
// flat: fields of text, HTML and yes or no. What its template prints then depends
// only on which of them are empty, but for the fields themselves; so html/template
// prints each such case once, with marks for the fields, and from then on only
// they are put in. html/template decides how: a mark shows what it escapes at that
// place, and where a field is more than text or an address within this site, the
// template is asked anew.
type Stencil[T any] struct {
	Fragment[T]
	fields []reflect.StructField
	cases  *sync.Map // of pieces, by which fields are not empty
}

// stencils are all of the program, for templates that print lists of them.
var stencils = map[string]func(list any) (template.HTML, error){}

// NewStencil makes a stencil of the fragment that own's templates/parts/<name>.html
// defines. Templates print a list of its values by {{each "name" .List}}.
func NewStencil[T any](own fs.FS, name string) Stencil[T] {
	s := Stencil[T]{Fragment: NewFragment[T](own, name), cases: new(sync.Map)}
	for i := range reflect.TypeFor[T]().NumField() {
		s.fields = append(s.fields, reflect.TypeFor[T]().Field(i))
	}
	stencils[name] = func(list any) (template.HTML, error) {
		values, ok := list.([]T)
		if !ok {
			return "", fmt.Errorf("%s shows no %T", name, list)
		}
		return s.Each(values, ""), nil
	}
	return s
}

// each prints the values of a list one after the other.
func each(name string, list any) (template.HTML, error) {
	print, ok := stencils[name]
	if !ok {
		return "", fmt.Errorf("there is no stencil %q", name)
	}
	return print(list)
}

// HTML prints v.
func (s Stencil[T]) HTML(v T) template.HTML { return s.Each([]T{v}, "") }

// Each prints values with sep, which is HTML, between them.
func (s Stencil[T]) Each(values []T, sep template.HTML) template.HTML {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	for i := range values {
		if i > 0 {
			buf.WriteString(string(sep))
		}
		s.print(buf, &values[i])
	}
	return template.HTML(buf.String())
}

// A piece is some HTML and the field behind it, -1 at the end.
type piece struct {
	html  string
	field int
	how   how
}

// how a field is put in.
type how uint8

const (
	raw     how = iota // it is HTML
	escaped            // as text, or between the quotes of an attribute
	address            // of a link
)

func (s Stencil[T]) print(buf *bytes.Buffer, v *T) {
	of := reflect.ValueOf(v).Elem()
	var which uint64
	for i := range s.fields {
		if !of.Field(i).IsZero() {
			which |= 1 << i
		}
	}
	found, ok := s.cases.Load(which)
	if !ok {
		found, _ = s.cases.LoadOrStore(which, s.pieces(which))
	}
	start := buf.Len()
	for _, p := range found.([]piece) {
		buf.WriteString(p.html)
		if p.field < 0 {
			continue
		}
		switch text := of.Field(p.field).String(); {
		case p.how == raw:
			buf.WriteString(text)
		case p.how == escaped:
			writeEscaped(buf, text)
		case plain(text):
			buf.WriteString(text)
		default:
			buf.Truncate(start)
			if err := s.template().Execute(buf, v); err != nil {
				panic(err)
			}
			return
		}
	}
}

// writeEscaped writes text as html/template does.
func writeEscaped(buf *bytes.Buffer, text string) {
	if strings.ContainsAny(text, "\"&'+<>\x00") {
		text = strings.ReplaceAll(template.HTMLEscapeString(text), "+", "&#43;")
	}
	buf.WriteString(text)
}

// plain reports whether an address is one within this site that is written as it is.
func plain(address string) bool {
	for i := range len(address) {
		if c := address[i]; c != '/' && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// pieces lets the template print marks for those fields that are not empty, and
// looks where they came out and how.
func (s Stencil[T]) pieces(which uint64) []piece {
	var v T
	marks := make([][3]string, len(s.fields))
	for i, f := range s.fields {
		field := reflect.ValueOf(&v).Elem().Field(i)
		if which&(1<<i) == 0 {
			continue
		}
		switch {
		case f.Type.Kind() == reflect.Bool:
			field.SetBool(true)
			continue
		case f.Type == reflect.TypeFor[template.HTML]():
			marks[i][raw] = fmt.Sprintf("zq%d<b>qz", i) // without the tag where HTML may not stand
		case f.Type == reflect.TypeFor[template.HTMLAttr]():
			marks[i][raw] = fmt.Sprintf(`zq%dqz="zq"`, i)
		case f.Type.Kind() == reflect.String:
			marks[i] = [3]string{fmt.Sprintf(`zq%d" qz`, i), fmt.Sprintf(`zq%d&#34; qz`, i), fmt.Sprintf(`zq%d%%22%%20qz`, i)}
		default:
			panic(fmt.Sprintf("a stencil has no field of type %s", f.Type))
		}
		field.SetString(marks[i][raw])
	}
	var out strings.Builder
	if err := s.template().Execute(&out, v); err != nil {
		panic(err)
	}
	var pieces []piece
	rest := out.String()
	for {
		p, end := piece{html: rest, field: -1}, ""
		for i := range marks {
			for h, mark := range marks[i] {
				text := marks[i][escaped] != "" // whose own spelling must not come out
				if before, after, ok := strings.Cut(rest, mark); ok && mark != "" && len(before) < len(p.html) && (!text || how(h) != raw) {
					p, end = piece{before, i, how(h)}, after
				}
			}
		}
		if strings.Contains(p.html, "zq") || strings.Contains(p.html, "qz") {
			panic(fmt.Sprintf("a stencil cannot put in what stands in %q", p.html))
		}
		pieces = append(pieces, p)
		if p.field < 0 {
			return pieces
		}
		rest = end
	}
}
