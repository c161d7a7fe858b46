package prose

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestPrintOptions(t *testing.T) {
	d := Parse(`<h1>A</h1><h5>B</h5><p>a<a href="#n">1</a><img src="http://x.org/p.png" alt="pic"><a href="http://y.org/"><img src="http://x.org/q.png" alt="inner"></a></p><p id=n>note</p>`)
	for _, c := range []struct {
		name string
		o    Options
		want string
	}{
		{"plain", Options{}, d.HTML()},
		{"headings", Options{Heading: 2}, strings.NewReplacer("<h1", "<h3", "/h1", "/h3", "<h5", "<h6", "/h5", "/h6").Replace(d.HTML())},
		{"prefix", Options{Prefix: "c2-"}, strings.ReplaceAll(d.HTML(), "fn-n", "c2-fn-n")},
		{"no images", Options{Image: func(_, _ string) string { return "" }},
			`<h1>A</h1><h5>B</h5><p>a<a href="#fn-n">1</a><a href="http://x.org/p.png">pic</a><a href="http://y.org/">inner</a></p><p><span id="fn-n"></span>note</p>`},
		{"other images", Options{Image: func(src, alt string) string { return "/i/" + alt + ".png" }},
			strings.NewReplacer("http://x.org/p.png", "/i/pic.png", "http://x.org/q.png", "/i/inner.png").Replace(d.HTML())},
	} {
		if got := d.Print(c.o); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestXHTML(t *testing.T) {
	if got, want := Parse(`<p><a href="#x">a <em>b</em></a> <a href="#y">c</a></p><p id=y>d</p>`).XHTML(Options{}), `<p>a <em>b</em> <a href="#fn-y">c</a></p><p><span id="fn-y"></span>d</p>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	d := Parse(`<p lang=fr>a<br>b &amp; c&nbsp;d</p><hr><img src="http://x.org/a?b&amp;c" alt='"'>`)
	want := "<p lang=\"fr\" xml:lang=\"fr\">a<br/>b &amp; c\u00a0d</p><hr/><p><img src=\"http://x.org/a?b&amp;c\" alt=\"&#34;\"/></p>"
	if got := d.XHTML(Options{}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

var idPattern = regexp.MustCompile(` id="([^"]*)"`)

func ids(d Doc) []string {
	var found []string
	for _, m := range idPattern.FindAllStringSubmatch(d.Print(Options{IDs: true}), -1) {
		found = append(found, m[1])
	}
	return found
}

// The ids of paragraphs are those of their text, wherever it stands.
func TestIDsSurviveEdits(t *testing.T) {
	before := ids(Parse("<p>One.</p><p>Yes.</p><p>Two, <em>three</em>.</p><p>Yes.</p><ul><li>four</li><li><p>five</p><p>six</p></li></ul><p>***</p>"))
	if len(before) != 8 || len(before) != len(slices.Compact(slices.Sorted(slices.Values(before)))) {
		t.Fatalf("ids %q", before)
	}
	after := ids(Parse("<h2>New</h2><p>two three!</p><p>One</p><hr><p>Yes</p><p>YES!</p><ul><li>six</li></ul><p>five</p><blockquote>four</blockquote><p>***</p>"))
	want := []string{after[0], before[2], before[0], before[1], before[3], before[6], before[5], before[4], before[7]}
	if !slices.Equal(after, want) {
		t.Errorf("got  %q\nwant %q", after, want)
	}
}

func TestNoTargets(t *testing.T) {
	d := Parse(`<p>a<a href="#fn-1">1</a></p><p><a name="fn-1"></a>b <a href="https://x.org">c</a></p>`)
	if got, want := d.Print(Options{NoTargets: true}), `<p>a1</p><p>b <a href="https://x.org">c</a></p>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := d.Print(Options{Prefix: "n-"}); !strings.Contains(got, `id="n-fn-1"`) || !strings.Contains(got, `href="#n-fn-1"`) {
		t.Errorf("got %s", got)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<p>One<br>two</p><hr><p>three <em>four</em></p>", "One\ntwo\n\n* * *\n\nthree four\n"},
		{"<blockquote>a<blockquote><p>b</p><p>c<br>d</p></blockquote></blockquote>e", "> a\n>\n> > b\n> >\n> > c\n> > d\n\ne\n"},
		{"<ul><li>a</li><li><p>b</p><p>c</p></li></ul><ol start=9><li>x</li><li>y</li></ol>", "- a\n\n- b\n\n  c\n\n9. x\n\n10. y\n"},
		{"<blockquote><ul><li>a</ul></blockquote>", "> - a\n"},
		{"<table><tr><th>a<th>b<tr><td>c<td>d<br>e</table>", "a | b\n\nc | d e\n"},
		{"<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>x</p>", "漢(かん)字(じ)x\n"},
		{"<p><ruby>漢<rp>[</rp><rt>かん</rt><rp>]</rp></ruby></p>", "漢[かん]\n"},
		{"<dl><dt>t<dd>d</dl><pre>  p\n q</pre>", "t\n\n    d\n\n  p\n q\n"},
		{"<p>a</p><p></p><p>b</p>", "a\n\nb\n"},
	} {
		if got := Parse(c.in).Text(); got != c.want {
			t.Errorf("text of %s\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<h2>A #</h2><p>One<br>two</p><hr><p>three</p>", "## A \\#\n\nOne\\\ntwo\n\n* * *\n\nthree\n"},
		{"<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <code>d`e</code> <u>f</u></p>", "*a* **b** ***c*** ``d`e`` <u>f</u>\n"},
		{"<p>un<em>believ</em>able “<em>Stop!</em>”<em>“he”</em>said</p>", "un*believ*able “*Stop!*”<em>“he”</em>said\n"},
		{"<p>a<em> b </em>c</p>", "a *b* c\n"},
		{"<p>1. a *b* _c_ d_e # [x](y) &lt;z&gt; &amp;amp; AT&amp;T</p>", "1\\. a \\*b\\* \\_c\\_ d_e # \\[x\\](y) \\<z> \\&amp; AT&T\n"},
		{"<p>- a<br># b<br>&gt; c<br>=== d</p>", "\\- a\\\n\\# b\\\n\\> c\\\n\\=== d\n"},
		{"<p><a href='http://x.org/a_(b)'>x</a> http://x.org/a_b_c.</p>", "[x](http://x.org/a_\\(b\\)) <http://x.org/a_b_c>.\n"},
		{"<p>Hey!<a href=http://x.org/>x</a></p>", "Hey!<!-- -->[x](http://x.org/)\n"},
		{"<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"},
		{"<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><ul><li>d</li></ul>", "- a\n\n- b\n\n  1. c\n\n+ d\n"},
		{"<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c|d</td><td>e<br>f</td></tr></tbody></table>", "| a | b |\n| --- | --- |\n| c\\|d | e<br>f |\n"},
		{"<table><tr><td><pre>a\\\nb</pre><td>c</table>", "| | |\n| --- | --- |\n| a\\\\<br>b | c |\n"},
		{"<pre>a\n```\nb</pre>", "````\na\n```\nb\n````\n"},
		{"<p>a</p><p></p><p>b</p>", "a\n\n&nbsp;\n\nb\n"},
	} {
		if got := Parse(c.in).Markdown(); got != c.want {
			t.Errorf("Markdown of %s\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}
