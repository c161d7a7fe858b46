package paper

import (
	"strings"
	"testing"
)

func TestWriter(t *testing.T) {
	bold, italic := Format{Bold: true}, Format{Italic: true}
	both := Format{Bold: true, Italic: true}
	item := func(list string, level int) Par { return Par{Item: &Item{List: list, Level: level}} }
	say := func(w *Writer, s string, p Par) { w.Text(s, Format{}); w.End(p) }
	for _, c := range []struct {
		name  string
		write func(*Writer)
		want  string
	}{
		{"joined", func(w *Writer) { w.Text("a", bold); w.Text("b", bold) }, `<p><strong>ab</strong></p>`},
		{"space leaves formatting", func(w *Writer) { w.Text("a", Format{}); w.Text(" b ", italic); w.Text("c", Format{}) }, `<p>a <em>b</em> c</p>`},
		{"space between alike stays", func(w *Writer) { w.Text("a ", bold); w.Text("b", both) }, `<p><strong>a <em>b</em></strong></p>`},
		{"the longer is outside", func(w *Writer) { w.Text("a", both); w.Text("b", italic) }, `<p><em><strong>a</strong>b</em></p>`},
		{"a line break in italics", func(w *Writer) { w.Text("a", italic); w.Line(); w.Text("b", italic) }, `<p><em>a<br>b</em></p>`},
		{"escaped", func(w *Writer) { w.Text(`<b>&"`, Format{Link: `x"y`}) }, `<p><a href="x&#34;y">&lt;b&gt;&amp;&#34;</a></p>`},
		{"no page at the start", func(w *Writer) { w.Page(); say(w, "a", Par{}) }, `<p>a</p>`},
		{"no page before a heading", func(w *Writer) { say(w, "a", Par{}); w.Page(); say(w, "b", Par{Heading: 2}) }, `<p>a</p><h2>b</h2>`},
		{"no page after a heading", func(w *Writer) { say(w, "a", Par{Heading: 1}); w.Page(); say(w, "b", Par{}) }, `<h1>a</h1><p>b</p>`},
		{"a page between", func(w *Writer) { say(w, "a", Par{}); w.Page(); w.End(Par{}); say(w, "b", Par{}) }, `<p>a</p><hr><p>b</p>`},
		{"no page at the end", func(w *Writer) { say(w, "a", Par{}); w.Page() }, `<p>a</p>`},
		{"empty heading", func(w *Writer) { w.End(Par{Heading: 1}); say(w, "a", Par{}) }, `<p>a</p>`},
		{"lists", func(w *Writer) {
			say(w, "a", item("1", 0))
			say(w, "b", item("1", 2))
			say(w, "c", Par{Item: &Item{Level: 2, More: true}})
			say(w, "d", item("1", 0))
			say(w, "e", item("2", 0))
		}, `<ul><li><p>a</p><ul><li><p>b</p><p>c</p></li></ul></li><li><p>d</p></li></ul><ul><li><p>e</p></li></ul>`},
		{"a quote ends with a list", func(w *Writer) { say(w, "a", Par{Quote: 2}); say(w, "b", Par{Quote: 1}); say(w, "c", item("1", 0)) },
			`<blockquote><blockquote><p>a</p></blockquote><p>b</p></blockquote><ul><li><p>c</p></li></ul>`},
		{"cells end lists", func(w *Writer) {
			w.Table()
			w.Row()
			w.Cell(2, 1)
			say(w, "a", item("1", 0))
			w.EndCell()
			w.EndRow()
			w.EndTable()
		},
			`<table><tr><td colspan="2"><ul><li><p>a</p></li></ul></td></tr></table>`},
	} {
		var w Writer
		c.write(&w)
		if got := strings.ReplaceAll(w.HTML(), "\n", ""); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestSymbol(t *testing.T) {
	for _, c := range []struct {
		font string
		code rune
		want rune
	}{
		{"Symbol", 0xF0AE, '→'}, {"symbol", 0xBC, '…'}, {"Symbol", 'a', 'α'}, {"Symbol", 0xA9, '♥'}, {"Symbol", 0xD4, '™'}, {"Symbol", 0xE5, '∑'},
		{"Wingdings", 0xF04A, '☺'}, {"Arial", 0xF04A, 0}, {"Symbol", 0x7F, 0}, {"Symbol", 0x90, 0}, {"Symbol", 0x1F600, 0},
	} {
		if got := Symbol(c.font, c.code); got != c.want {
			t.Errorf("%s %x: got %q, want %q", c.font, c.code, got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	for name, nobody := range map[string]bool{"Microsoft Office User": true, "user": true, "": true, "Valued Acer Customer": true, "Wren": false, "Author of Dreams": false, "Home Alone": false, "astolat": false} {
		if IsNobody(name) != nobody {
			t.Errorf("%q: %v", name, !nobody)
		}
	}
	for title, unnamed := range map[string]bool{"Document1": true, "Untitled document": true, "Microsoft Word - a.doc": true, "The Document": false, "Wreckage": false} {
		if IsUnnamed(title) != unnamed {
			t.Errorf("%q: %v", title, !unnamed)
		}
	}
}
