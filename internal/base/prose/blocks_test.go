package prose

import (
	"slices"
	"strings"
	"testing"
)

func TestFromText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"\n \n", ""},
		{"one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"},
		{"  indented\r\n\r\n\r\nlast  ", "<p>indented</p><p>last</p>"},
		{"<b>5 > 3 & 2</b>", "<p>&lt;b&gt;5 &gt; 3 &amp; 2&lt;/b&gt;</p>"},
		{"a\x00b\xff", "<p>ab\ufffd</p>"},
	} {
		if got := FromText(c.in).HTML(); got != c.want {
			t.Errorf("FromText(%q) = %s, want %s", c.in, got, c.want)
		}
	}
}

func TestBlocks(t *testing.T) {
	d := Parse(`<p class="center">a <em>b</em></p><p></p><hr><h3>c</h3><blockquote><p>d</p><p>e<br>f</p></blockquote><ul><li>g</li></ul><p><img src="http://x.org/a.png" alt="h"></p>`)
	var got []string
	for _, b := range d.Blocks() {
		got = append(got, strings.Join([]string{b.HTML(), b.Text(), b.Align()}, "|"))
	}
	want := []string{
		`<p class="center">a <em>b</em></p>|a b|center`,
		"<p><br></p>||",
		"<hr>||",
		"<h3>c</h3>|c|",
		"<blockquote><p>d</p><p>e<br>f</p></blockquote>|d\n\ne\nf|",
		"<ul><li>g</li></ul>|g|",
		`<p><img src="http://x.org/a.png" alt="h"></p>|h|`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	kinds := []Kind{Paragraph, Empty, Break, Heading, Quote, List, Paragraph}
	for i, b := range d.Blocks() {
		if b.Kind() != kinds[i] {
			t.Errorf("block %d is of kind %d, want %d", i, b.Kind(), kinds[i])
		}
	}
	if b := d.Blocks()[3]; b.Level() != 3 {
		t.Errorf("level %d", b.Level())
	}
	if !d.Blocks()[6].HasImage() || d.Blocks()[0].HasImage() {
		t.Error("HasImage")
	}
}

func TestNewSanitises(t *testing.T) {
	d := New([]Block{
		NewParagraph(Run{Text: "<script>"}, Run{Text: "x", Marks: []Mark{{Tag: "script"}}}, Run{Text: "y", Marks: []Mark{{Tag: "a", Href: `javascript:"`}}}),
		NewParagraph(Run{Image: &Image{Src: "file:///etc/passwd", Alt: "z"}}, Run{Anchor: `"><b>`}),
		{kind: Paragraph, align: `"><script>`, lang: "x y", runs: []Run{{Text: "w"}}},
		NewHeading(9, Run{Text: "h"}),
		{},
	})
	if want := "<p>&lt;script&gt;y</p><p>z</p><p>w</p><h6>h</h6>"; d.HTML() != want {
		t.Errorf("got %s, want %s", d.HTML(), want)
	}
}

func TestSplitting(t *testing.T) {
	b := Parse("<p class=right>a<em>b<br>c</em><br><br>d<br><br><br>e</p>").Blocks()[0]
	print := func(blocks []Block) string {
		var s string
		for _, b := range blocks {
			s += b.HTML()
		}
		return s
	}
	if got, want := print(b.Lines()), `<p class="right">a<em>b</em></p><p class="right"><em>c</em></p><p><br></p><p class="right">d</p><p><br></p><p><br></p><p class="right">e</p>`; got != want {
		t.Errorf("Lines: %s, want %s", got, want)
	}
	if got, want := print(b.SplitAt(2)), `<p class="right">a<em>b<br>c</em></p><p class="right">d</p><p class="right">e</p>`; got != want {
		t.Errorf("SplitAt(2): %s, want %s", got, want)
	}
	if got, want := b.Breaks(), []int{1, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("Breaks: %v, want %v", got, want)
	}
	if got, want := New([]Block{Join(" ", b.SplitAt(2)...)}).HTML(), `<p class="right">a<em>b<br>c</em> d e</p>`; got != want {
		t.Errorf("Join: %s, want %s", got, want)
	}
	if got, want := New([]Block{Join("\n", b.SplitAt(2)...)}).HTML(), `<p class="right">a<em>b<br>c</em><br>d<br>e</p>`; got != want {
		t.Errorf("Join: %s, want %s", got, want)
	}
}

func TestMap(t *testing.T) {
	d := Parse("<p>***</p><blockquote><p>a</p><p>***</p><p>b</p></blockquote><ul><li>***</li></ul>")
	got := d.Map(func(row []Block) []Block {
		for i, b := range row {
			if b.Text() == "***" {
				row[i] = SceneBreak()
			}
		}
		return row
	}).HTML()
	if want := "<hr><blockquote><p>a</p><hr><p>b</p></blockquote><ul><li><hr></li></ul>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if d.HTML() != "<p>***</p><blockquote><p>a</p><p>***</p><p>b</p></blockquote><ul><li>***</li></ul>" {
		t.Errorf("Map changed its document: %s", d.HTML())
	}
}

func TestMapText(t *testing.T) {
	b := Parse("<blockquote><p>a<em>b</em><br>c</p></blockquote>").Blocks()[0]
	if got, want := b.MapText(strings.ToUpper).HTML(), "<blockquote><p>A<em>B</em><br>C</p></blockquote>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := b.HTML(), "<blockquote><p>a<em>b</em><br>c</p></blockquote>"; got != want {
		t.Errorf("MapText changed its block: %s", got)
	}
}

func TestRuns(t *testing.T) {
	r := Run{Text: "x"}.With("em").With("strong")
	if !r.Has("em") || r.Has("u") || r.Without("em").Has("em") || !r.Has("em") {
		t.Error("marks")
	}
	if got, want := New([]Block{NewParagraph(r, LineBreak(), r.Without("em"))}).HTML(), "<p><em><strong>x</strong></em><br><strong>x</strong></p>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := New([]Block{TextParagraph("a & b\nc")}).HTML(), "<p>a &amp; b<br>c</p>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestImages(t *testing.T) {
	const data = "data:image/png;base64,iVBORw0KGgo="
	in := `<p>a<img src="` + data + `" alt="one"> <img src=http://x.org/2.png alt="two"></p><p><img src="` + data + `"></p><p><img src="data:image/svg+xml;base64,AAAA" alt="svg"></p>`
	d, _ := ParseWith(in, ParseOptions{DataImages: true})
	if got, want := d.Images(), []string{data, "http://x.org/2.png"}; !slices.Equal(got, want) {
		t.Errorf("Images() = %q, want %q", got, want)
	}
	const address = "image:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	mapped := d.MapImages(func(src string) string {
		if src == data {
			return address
		}
		return ""
	})
	if want := `<p>a<img src="` + address + `" alt="one"> two</p><p><img src="` + address + `" alt=""></p><p>svg</p>`; mapped.HTML() != want {
		t.Errorf("got %s, want %s", mapped.HTML(), want)
	}
	if got := Parse(d.HTML()).Images(); !slices.Equal(got, []string{"http://x.org/2.png"}) {
		t.Errorf("data images outlive a second reading: %q", got)
	}
}

func TestWords(t *testing.T) {
	d := Parse(`<h2>One two</h2><p>un<em>believ</em>able<br>don’t</p><hr><blockquote>a b</blockquote><p><ruby>漢字<rt>かんじ</rt></ruby> <img src=http://x.org alt="not this"></p><table><tr><td>c<td>d</table>`)
	if got := d.Words(); got != 10 {
		t.Errorf("Words() = %d, want 10", got)
	}
}

func TestIsEmpty(t *testing.T) {
	for in, want := range map[string]bool{"": true, "<p>&nbsp;</p><br>": true, "<script>x</script>": true, "<hr>": false, "a": false, "<img src=http://x.org/a.png>": false} {
		if got := Parse(in).IsEmpty(); got != want {
			t.Errorf("IsEmpty of %q is %v", in, got)
		}
	}
	if !(Doc{}).IsEmpty() || (Doc{}).HTML() != "" || (Doc{}).Text() != "" || (Doc{}).Markdown() != "" || !(Doc{}).Equal(Parse(" ")) {
		t.Error("the zero Doc")
	}
}
