package fulltext

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/base/prose"
)

// TestEachParagraph wants what Places sees, of documents made of anything.
func TestEachParagraph(t *testing.T) {
	pieces := strings.Split(`text|a word| |
|&nbsp;|&amp;|&lt;b&gt;|&amp;lt;|<p>|<p>|<p>|</p>|<em>|</em>|<br>|<hr>|<h2>|<blockquote>|</blockquote>|<ul><li>|<li>|</ul>|<table><tr><td>|<td>|</table>|<pre>|</pre>|`+
		`<img src="http://x.org/a.png" alt="g &#34;h&#34; &gt; i">|<a href="http://x.org/?a=1&amp;b=2">|</a>|<span lang="fr">|</span>|<div align="center">|</div>|`+
		`<dl><dt>|<dd>|</dl>|<details><summary>|</summary>|</details>|<figure>|<figcaption>|</figure>|<ruby>漢<rt>kan</rt></ruby>|“q”|é|👍`, "|")
	random := rand.New(rand.NewPCG(5, 5))
	for range 2000 {
		var b strings.Builder
		for range 1 + random.IntN(50) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		d := prose.Parse(b.String())
		var got, want []string
		for _, p := range d.Places() {
			if p.Text != "" {
				want = append(want, p.Text)
			}
		}
		EachParagraph([]byte(d.HTML()), func(text []byte) { got = append(got, string(text)) })
		if !slices.Equal(got, want) {
			t.Fatalf("%q:\ngot  %q\nwant %q", d.HTML(), got, want)
		}
	}
}
