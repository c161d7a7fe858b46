package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"sync"

	"ficstead/internal/web/answer"
)

//go:embed templates
var templateFiles embed.FS

// A page is a template that shows values of type T and no other. T embeds
// Frame, which the layout around every page is made from.
type page[T any] struct {
	name     string
	template func() *template.Template // parsed when first asked for: commands need no pages
}

// pages lists every page by name, for the tests that hold each to its type, to
// its specimens in the gallery and to the rules of accessibility.
var pages = map[string]any{}

// newPage makes the page of templates/<name>.html within templates/layout.html.
// All templates of templates/parts/ are at its disposal.
func newPage[T any](name string) page[T] {
	p := page[T]{name, sync.OnceValue(func() *template.Template { return parsePage(name) })}
	pages[name] = p
	return p
}

func parsePage(name string) *template.Template {
	t := template.New("layout.html").Funcs(template.FuncMap{"asset": assets.Path})
	return template.Must(t.ParseFS(templateFiles,
		"templates/layout.html", "templates/parts/*.html", "templates/"+name+".html"))
}

// show writes the whole page or nothing.
func (p page[T]) show(w http.ResponseWriter, r *http.Request, status int, v T) error {
	return p.print(v, func(html []byte) error {
		return answer.Send(w, r, status, htmlType, html)
	})
}

// keep renders the page into an answer that can be sent many times.
func (p page[T]) keep(v T) (made *answer.Answer, err error) {
	err = p.print(v, func(html []byte) error {
		made = answer.New(htmlType, bytes.Clone(html))
		return nil
	})
	return made, err
}

// print calls f with the page's HTML, which is f's only until it returns.
func (p page[T]) print(v T, f func(html []byte) error) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := p.template().Execute(buf, v); err != nil {
		return err
	}
	return f(buf.Bytes())
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// A fragment is a piece of HTML of its own, such as a blurb, that shows values
// of type T and is kept and put into pages as it is.
type fragment[T any] struct {
	name     string
	template func() *template.Template
}

// newFragment makes the fragment that templates/parts/<name>.html defines.
func newFragment[T any](name string) fragment[T] {
	f := fragment[T]{name, sync.OnceValue(func() *template.Template { return parseFragment(name) })}
	pages["parts/"+name] = f
	return f
}

func parseFragment(name string) *template.Template {
	t := template.New(name + ".html").Funcs(template.FuncMap{"asset": assets.Path})
	t = template.Must(t.ParseFS(templateFiles, "templates/parts/*.html"))
	return t.Lookup(name)
}

// html renders v. It panics if the template does not fit, which tests exclude.
func (f fragment[T]) html(v T) template.HTML {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := f.template().Execute(buf, v); err != nil {
		panic(err)
	}
	return template.HTML(buf.String())
}
