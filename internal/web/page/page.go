package page

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"sync"

	"ficstead/internal/web/answer"
)

//go:embed templates
var common embed.FS

// A Page is a template that shows values of type T and no other. T embeds
// Frame, which the layout around every page is made from.
type Page[T any] struct {
	name     string
	parse    func() *template.Template
	template func() *template.Template // parsed when first asked for: commands need no pages
}

// Templated is a page or a fragment of whatever type, for the tests that hold
// each to its type, to its specimens and to the rules of accessibility.
type Templated interface {
	Parse() *template.Template // anew
	Zero() any                 // of the type that it shows
}

var all = map[string]Templated{}

// All lists every page of the program by name, and fragments as "parts/name".
// Callers must not change it.
func All() map[string]Templated { return all }

// New makes the page of templates/<name>.html in own within the layout. It is
// called for package variables only. The common parts and those in own's
// templates/parts are at its disposal.
func New[T any](own fs.FS, name string) Page[T] {
	parse := func() *template.Template {
		t := parsed("layout.html", own)
		return template.Must(t.ParseFS(own, "templates/"+name+".html"))
	}
	p := Page[T]{name, parse, sync.OnceValue(parse)}
	all[name] = p
	return p
}

// parsed has the layout and all parts, and is the template called name.
func parsed(name string, own fs.FS) *template.Template {
	t := template.New(name).Funcs(template.FuncMap{"asset": Assets.Path, "each": each})
	template.Must(t.ParseFS(common, "templates/layout.html", "templates/parts/*.html"))
	const parts = "templates/parts/*.html"
	if found, err := fs.Glob(own, parts); err == nil && len(found) > 0 {
		template.Must(t.ParseFS(own, parts))
	}
	return t
}

// Parse reads the template anew, because html/template rewrites one when it is
// first shown.
func (p Page[T]) Parse() *template.Template { return p.parse() }

// Zero is an empty value of the type that is shown.
func (p Page[T]) Zero() any { var v T; return v }

// Show writes the whole page or nothing.
func (p Page[T]) Show(w http.ResponseWriter, r *http.Request, status int, v T) error {
	return p.print(v, func(html []byte) error {
		return answer.Send(w, r, status, HTMLType, html)
	})
}

// Keep renders the page into an answer that can be sent many times.
func (p Page[T]) Keep(v T) (made *answer.Answer, err error) {
	err = p.print(v, func(html []byte) error {
		made = answer.New(HTMLType, bytes.Clone(html))
		return nil
	})
	return made, err
}

// KeepQuick is Keep for a page that few will ask for, under a tag of answer.Tag;
// without one its bytes tell what it is.
func (p Page[T]) KeepQuick(v T, tag string) (made *answer.Answer, err error) {
	if tag == "" {
		return p.Keep(v)
	}
	err = p.print(v, func(html []byte) error {
		made = answer.NewQuick(HTMLType, bytes.Clone(html), tag)
		return nil
	})
	return made, err
}

// print calls f with the page's HTML, which is f's only until it returns.
func (p Page[T]) print(v T, f func(html []byte) error) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := p.template().Execute(buf, v); err != nil {
		return err
	}
	return f(buf.Bytes())
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// A Fragment is a piece of HTML of its own, such as a blurb, that shows values
// of type T and is kept and put into pages as it is.
type Fragment[T any] struct {
	parse    func() *template.Template
	template func() *template.Template
}

// NewFragment makes the fragment that own's templates/parts/<name>.html defines.
func NewFragment[T any](own fs.FS, name string) Fragment[T] {
	parse := func() *template.Template { return parsed(name+".html", own).Lookup(name) }
	f := Fragment[T]{parse, sync.OnceValue(parse)}
	all["parts/"+name] = f
	return f
}

// Parse reads the template anew.
func (f Fragment[T]) Parse() *template.Template { return f.parse() }

// Zero is an empty value of the type that is shown.
func (f Fragment[T]) Zero() any { var v T; return v }

// HTML renders v. It panics if the template does not fit, which tests exclude.
func (f Fragment[T]) HTML(v T) template.HTML {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := f.template().Execute(buf, v); err != nil {
		panic(err)
	}
	return template.HTML(buf.String())
}
