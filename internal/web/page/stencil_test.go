package page

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"
)

type shape struct {
	Name, Href, Class, Note string
	Chosen                  bool
	Attrs                   template.HTMLAttr
	Inside                  template.HTML
}

var shapes = fstest.MapFS{
	"templates/parts/shape.html": {Data: []byte(`{{define "shape"}}<p class="a{{with .Class}} {{.}}{{end}}"{{if .Chosen}} checked{{end}} {{.Attrs}} title="the “{{.Name}}” of {{.Name}}">` +
		`<a href="{{.Href}}">{{.Name}}</a>{{if .Inside}}<b>{{.Inside}}</b>{{else}}nothing{{end}}{{with .Note}}<i>{{.}}</i>{{end}}<textarea>{{.Note}}</textarea></p>{{end}}`)},
	"templates/parts/script.html":   {Data: []byte(`{{define "script"}}<script>f({{.Name}})</script>{{end}}`)},
	"templates/parts/bare.html":     {Data: []byte(`{{define "bare"}}<p title={{.Name}}></p>{{end}}`)},
	"templates/parts/stripped.html": {Data: []byte(`{{define "stripped"}}<p title="{{.Inside}}"></p>{{end}}`)},
}

var shapeStencil = NewStencil[shape](shapes, "shape")

// mustPrintAlike compares a stencil with its template.
func mustPrintAlike(t *testing.T, v shape) {
	t.Helper()
	var want strings.Builder
	if err := shapeStencil.Parse().Execute(&want, v); err != nil {
		t.Fatal(err)
	}
	if got := shapeStencil.HTML(v); string(got) != want.String() {
		t.Errorf("%+v\ngot  %s\nwant %s", v, got, want.String())
	}
}

func TestStencil(t *testing.T) {
	for _, text := range []string{"", "tea", `<script>"'&+</script>`, "灯 \x00 \xff", "&amp;", "zq0qz", `zq0" qz`, "{{.}}"} {
		for _, href := range []string{"", "/works/7", "javascript:alert(1)", "/a b?c=d&e=%2f+\"'", "//elsewhere.example", "/é"} {
			mustPrintAlike(t, shape{Name: text, Href: href})
			mustPrintAlike(t, shape{Name: "n", Href: href, Class: text, Note: text, Chosen: true, Attrs: `dir="rtl"`, Inside: "<em>in</em>"})
		}
	}
}

func TestEach(t *testing.T) {
	got, err := each("shape", []shape{{Name: "a"}, {Name: "b"}})
	if want := shapeStencil.HTML(shape{Name: "a"}) + shapeStencil.HTML(shape{Name: "b"}); err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
	for name, list := range map[string]any{"shape": []string{"a"}, "none": []shape{}} {
		if got, err := each(name, list); err == nil {
			t.Errorf("%s of a %T: %s", name, list, got)
		}
	}
}

// TestStencilRefusesOtherPlaces wants a panic where escaping is not that of text.
func TestStencilRefusesOtherPlaces(t *testing.T) {
	for _, name := range []string{"script", "bare", "stripped"} {
		s := NewStencil[shape](shapes, name)
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was printed", name)
				}
			}()
			s.HTML(shape{Name: "a", Inside: "<b>b</b>"})
		}()
	}
}

func FuzzStencil(f *testing.F) {
	f.Add("a", "/b", "c", "d", true)
	f.Add("<", "javascript:x", "\"", "+", false)
	f.Add("", "//", "&#43;", "\x00", true)
	f.Fuzz(func(t *testing.T, name, href, class, note string, chosen bool) {
		mustPrintAlike(t, shape{Name: name, Href: href, Class: class, Note: note, Chosen: chosen, Inside: template.HTML(template.HTMLEscapeString(note))})
	})
}

// TestStencilAllocates counts what printing many costs.
func TestStencilAllocates(t *testing.T) {
	values := make([]shape, 100)
	for i := range values {
		values[i] = shape{Name: "tea", Href: "/tags/7", Chosen: true}
	}
	if n := testing.AllocsPerRun(100, func() { shapeStencil.Each(values, ", ") }); n > 110 {
		t.Errorf("%.0f allocations for 100 values", n)
	}
}
