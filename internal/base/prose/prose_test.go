package prose

import "testing"

// cases are inputs and their canonical form.
var cases = []struct{ name, in, want string }{
	{"nothing", "", ""},
	{"white space", " \n\t ", ""},
	{"loose text", "Hello\n world ", "<p>Hello world</p>"},
	{"paragraphs", "<p>One</p>\n<p>Two</p>", "<p>One</p><p>Two</p>"},
	{"paragraphs never closed", "<p>One<p>Two", "<p>One</p><p>Two</p>"},
	{"old names", "<p><i>a</i><b>b</b><strike>c</strike><tt>d</tt><acronym title=e>f</acronym><big>g</big></p>",
		`<p><em>a</em><strong>b</strong><s>c</s><code>d</code><abbr title="e">f</abbr>g</p>`},
	{"formatting goes on", "<p><i>one</p><p>two</i> three</p>", "<p><em>one</em></p><p><em>two</em> three</p>"},
	{"formatting misnested", "<p><b>1<i>2</b>3</i>4</p>", "<p><strong>1<em>2</em></strong><em>3</em>4</p>"},
	{"formatting around blocks", "<b>1<p>2</b>3</p>", "<p><strong>1</strong></p><p><strong>2</strong>3</p>"},
	{"span does not go on", `<p><span lang=fr>un</p><p>two</p>`, `<p><span lang="fr">un</span></p><p>two</p>`},
	{"equal neighbours", "<p><em>a</em><i>b</i> <em>c</em></p>", "<p><em>ab</em> <em>c</em></p>"},
	{"space between equals", "<p><em>a</em><em> </em><em>b</em></p>", "<p><em>a b</em></p>"},
	{"empty inline", "<p>a<em></em><b> </b>c<a href='http://x.org/'></a></p>", "<p>a c</p>"},
	{"em in em", "<p><em>a<em>b</em>c</em></p>", "<p><em>abc</em></p>"},
	{"two quotations", "<p><q>a</q><q>b</q></p>", "<p><q>a</q><q>b</q></p>"},
	{"breaks kept within", "<p><br>a<br> <br/>b <br></p>", "<p>a<br><br>b</p>"},
	{"empty paragraphs", "<p>a</p><p></p><p>&nbsp;</p><p><br></p><p>b</p><p></p>",
		"<p>a</p><p><br></p><p><br></p><p><br></p><p>b</p>"},
	{"p that is only a separator", "a<p>b<p><p>c", "<p>a</p><p>b</p><p>c</p>"},
	{"breaks between paragraphs", "<p>a</p><br><br><p>b</p>", "<p>a</p><p><br></p><p>b</p>"},
	{"p around a block", "<p><center>***</center></p>", `<p class="center">***</p>`},
	{"scene break in a paragraph", "<p>a<hr>b</p>", "<p>a</p><hr><p>b</p>"},
	{"frames", "<div>a<div>b<section>c</section>d</div></div>", "<p>a</p><p>b</p><p>c</p><p>d</p>"},
	{"alignment", `<div align=right>a<p align="center">b</p><p class="x align-justify">c</p></div><p style="text-align: left;">d</p>`,
		`<p class="right">a</p><p class="center">b</p><p class="justify">c</p><p class="left">d</p>`},
	{"style", `<p><span style="font-style:italic; font-weight: 700">a</span><span style="text-decoration:underline line-through">b</span></p>`,
		"<p><em><strong>a</strong></em><u><s>b</s></u></p>"},
	{"style on blocks", `<div style="font-style:italic"><p>a</p><p>b <b>c</b></p></div>d`,
		"<p><em>a</em></p><p><em>b <strong>c</strong></em></p><p>d</p>"},
	{"lines by style", "<div style='white-space: pre-wrap'>a\n\nb\n</div>c\nd", "<p>a<br><br>b</p><p>c d</p>"},
	{"language", `<div lang=fr><p>un</p><blockquote><p lang=fr>deux</p></blockquote></div><p lang="de" dir=ltr>drei</p>`,
		`<p lang="fr">un</p><blockquote lang="fr"><p>deux</p></blockquote><p lang="de" dir="ltr">drei</p>`},
	{"bad language", `<p lang="&quot;><script>">a</p>`, "<p>a</p>"},
	{"page", "<!DOCTYPE html><html lang=en><head><title>No</title><style>p{}</style></head><body class=x><p>Yes</p></body></html>", "<p>Yes</p>"},
	{"dropped", "<p>a<script>alert(1)</script><svg><p>b</p></svg><select><option>c</select><template><p>d</template>e</p>",
		"<p>a</p><p>b</p><p>e</p>"},
	{"svg", "a<svg onload=x><title>t</title><path d=''/></svg>b", "<p>ab</p>"},
	{"title never closed", "<title>A story", "<p>A story</p>"},
	{"comment never closed", "<p>a</p><!-- <p>b</p>", "<p>a</p><p>b</p>"},
	{"tag never closed", `<p>a <a href="x>b</a></p><p>c</p>`, `<p>a &lt;a href="x&gt;b</p><p>c</p>`},
	{"cut off in a tag", `<p>a</p><p cla`, "<p>a</p>"},
	{"headings", "<h2>A</h2><h3>B <p>c</p></h3><h1><p>D</p></h1><h4></h4>", "<h2>A</h2><h3>B</h3><p>c</p><h1>D</h1>"},
	{"heading never closed", "<h3>A<p>b<p>c", "<h3>A</h3><p>b</p><p>c</p>"},
	{"lists", "<ul><li>a<li>b<ol start=3><li>c</ol></ul>", `<ul><li>a</li><li><p>b</p><ol start="3"><li>c</li></ol></li></ul>`},
	{"list in a list", "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "<ul><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ul>"},
	{"items without a list", "<li>a</li><li>b</li>c", "<ul><li>a</li><li>b</li></ul><p>c</p>"},
	{"text in a list", "<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"},
	{"definitions", "<dl><dt>a<dd>b<dd><p>c</p><p>d</p><dt>e</dl>", "<dl><dt>a</dt><dd>b</dd><dd><p>c</p><p>d</p></dd><dt>e</dt><dd></dd></dl>"},
	{"quote", "<blockquote>a<br>b<p>c</blockquote>d", "<blockquote><p>a<br>b</p><p>c</p></blockquote><p>d</p>"},
	{"table", "<table border=1><caption>t</caption><tr><th>a<td colspan=2>b<tr><td>c<td><p>d</p><p>e</p></table>",
		`<table><caption>t</caption><tbody><tr><th>a</th><td colspan="2">b</td></tr><tr><td>c</td><td><p>d</p><p>e</p></td></tr></tbody></table>`},
	{"table parts", "<table><tfoot><tr><td>f<td>g</tfoot><tbody><tr><td>b<td>c</tbody><thead><tr><td>h<td>i</thead></table>",
		"<table><thead><tr><td>h</td><td>i</td></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody><tfoot><tr><td>f</td><td>g</td></tr></tfoot></table>"},
	{"table as a frame", "<table><tr><td><p>a</p><p>b</p></td></tr></table>", "<p>a</p><p>b</p>"},
	{"cells without a table", "<tr><td>a</td><td>b</td></tr>", "<p>a</p><p>b</p>"},
	{"pre", "<pre>\n  a\n\tb  \n\n</pre>", "<pre>  a\n\tb</pre>"},
	{"figure", "<figure><figcaption>c</figcaption><img src=http://x.org/a.png alt=a></figure>",
		`<figure><p><img src="http://x.org/a.png" alt="a"></p><figcaption>c</figcaption></figure>`},
	{"details", "<details open>b<summary>a</summary></details><details>c</details><summary>d</summary>",
		"<details><summary>a</summary><p>b</p></details><p>c</p><p>d</p>"},
	{"ruby", "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</ruby></p>",
		"<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby></p>"},
	{"ruby that is none", "<p><ruby>漢</ruby> <ruby><rt>x</rt></ruby> <ruby>字<rt>じ</rt>y</ruby> <rt>z</rt> <ruby>a<rp>(</rp>b</ruby></p>",
		"<p>漢 x <ruby>字<rt>じ</rt></ruby>y z a(b</p>"},
	{"definitions of nothing", "<dl><dd>a<dd>b<dt>c</dl>", "<blockquote><p>a</p><p>b</p></blockquote><dl><dt>c</dt><dd></dd></dl>"},
	{"links", `<p><a href=" java&#10;script:alert(1)">a</a><a href="//x.org">b</a><a href="/c">c</a><a href="HTTPS://x.org/a b?c=&quot;">d</a><a href=mailto:a@b.org>e</a></p>`,
		`<p>abc<a href="https://x.org/a%20b?c=%22">d</a><a href="mailto:a@b.org">e</a></p>`},
	{"link in a link", `<p><a href=http://a.org/>a<a href=http://b.org/>b</a></a></p>`, `<p><a href="http://a.org/">a</a><a href="http://b.org/">b</a></p>`},
	{"notes", `<p>a<a href="#n1" id=r1 name=r1>1</a></p><p id=x><a name="n1"></a>note <a href="#r1">back</a></p>`,
		`<p>a<span id="fn-r1"></span><a href="#fn-n1">1</a></p><p><span id="fn-n1"></span>note <a href="#fn-r1">back</a></p>`},
	{"note in an item", `<p><a href="#n">1</a></p><ol><li id=n>note</li></ol>`, `<p><a href="#fn-n">1</a></p><ol><li><span id="fn-n"></span>note</li></ol>`},
	{"images", `<img src="x.png" alt="lost"><img src=//x.org/a.png><img src="http://x.org/a.png" width=10px height=20 onerror=alert(1)><img src="data:image/png;base64,AAAA">`,
		`<p>lost<img src="http://x.org/a.png" alt="" width="10" height="20"></p>`},
	{"attachment", `<img src="image:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" alt="a &quot;b&quot;">`,
		`<p><img src="image:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" alt="a &#34;b&#34;"></p>`},
	{"media", `<audio src="https://x.org/a.mp3"></audio><iframe src="https://v.org/1" title="A film">no</iframe>`,
		`<p><a href="https://x.org/a.mp3">x.org/a.mp3</a><a href="https://v.org/1">A film</a></p>`},
	{"controls", "a\x00b\x01c\x92d&#0;\ufffe", "<p>abc\ufffdd\ufffd</p>"},
	{"windows controls", "it\u0092s", "<p>it’s</p>"},
	{"entities", "<p>&lt;b&gt; &amp;amp; \"q\"</p>", "<p>&lt;b&gt; &amp;amp; \"q\"</p>"},
	{"unknown elements", "<p><o:p>a</o:p><sigh>b</p>", "<p>ab</p>"},
	{"end tags of nothing", "</div></p></b>a</td></table>", "<p>a</p>"},
	{"end tag of a break", "a</br>b", "<p>a<br>b</p>"},
	{"form", "<form action=x><input value=a><textarea>b</textarea><label>c</label><button>d</button></form>", "<p>c</p>"},
	{"plaintext", "<plaintext>a<p>b", "<p>a</p><p>b</p>"},
}

func TestParse(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Parse(c.in).HTML()
			if got != c.want {
				t.Errorf("Parse(%q)\n got %s\nwant %s", c.in, got, c.want)
			}
			if again := Parse(got).HTML(); again != got {
				t.Errorf("not stable:\n got %s\nthen %s", got, again)
			}
		})
	}
}
