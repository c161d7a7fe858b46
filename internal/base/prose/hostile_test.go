package prose

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// Hostile documents, made at a size in bytes. Each holds the text "story".
var hostile = map[string]func(size int) string{
	"nested b":           func(n int) string { return strings.Repeat("<b>", n/3) + "story" },
	"nested div":         func(n int) string { return strings.Repeat("<div>", n/5) + "story" },
	"nested mixed":       func(n int) string { return strings.Repeat("<i><b><u><p>", n/12) + "story" },
	"nested spans":       func(n int) string { return strings.Repeat("<span lang=fr><span lang=de>", n/28) + "story" },
	"nested quotes":      func(n int) string { return strings.Repeat("<blockquote>", n/12) + "story" },
	"nested lists":       func(n int) string { return strings.Repeat("<ul><li>", n/8) + "story" },
	"nested tables":      func(n int) string { return strings.Repeat("<table><tr><td>x<td>", n/20) + "story" },
	"lists in lists":     func(n int) string { return strings.Repeat("<ul><li>x</li>", n/14) + "story" },
	"open and shut":      func(n int) string { return strings.Repeat("<b></b>", n/7) + "story" },
	"shut only":          func(n int) string { return "story" + strings.Repeat("</div></p></b>", n/14) },
	"shut across a cell": func(n int) string { return "<div><table><tr><td>" + strings.Repeat("</div>", n/6) + "story" },
	"one-letter p":       func(n int) string { return strings.Repeat("<p>a", n/4) + "story" },
	"breaks":             func(n int) string { return "a" + strings.Repeat("<br>", n/4) + "story" },
	"breaks in em":       func(n int) string { return "a<em>" + strings.Repeat("<br>", n/4) + "story" },
	"anchors":            func(n int) string { return strings.Repeat("<a name=x></a> <br>", n/19) + "story" },
	"many anchors": func(n int) string {
		return strings.Repeat("<a name=&#", n/20) + strings.Repeat(";></a><br>", n/20) + "story"
	},
	"unclosed comments":   func(n int) string { return strings.Repeat("<!--", n/4) + "story" },
	"unclosed quotes":     func(n int) string { return strings.Repeat(`<a b='>`, n/14*2+1) + "story" },
	"unclosed titles":     func(n int) string { return strings.Repeat("<title>", n/7) + "story" },
	"unclosed selects":    func(n int) string { return strings.Repeat("<select><svg>", n/13) + "story" },
	"attributes":          func(n int) string { return "<p " + strings.Repeat("a=b ", n/4) + ">story" },
	"one long attribute":  func(n int) string { return `<p class="` + strings.Repeat("center ", n/7) + `">story` },
	"one long style":      func(n int) string { return `<p style="` + strings.Repeat("text-align:center;", n/18) + `">story` },
	"ampersands":          func(n int) string { return strings.Repeat("&amp", n/4) + "story" },
	"less-than":           func(n int) string { return strings.Repeat("<", n) + " story" },
	"hashes":              func(n int) string { return strings.Repeat(`"#`, n/2) + "story" },
	"spaces":              func(n int) string { return "a" + strings.Repeat(" ", n) + "story" },
	"spaced em":           func(n int) string { return strings.Repeat("<em> </em>", n/10) + "story" },
	"links in links":      func(n int) string { return strings.Repeat("<a href=http://x.org>", n/21) + "story" },
	"q":                   func(n int) string { return strings.Repeat("<q>a", n/4) + "story" },
	"NUL":                 func(n int) string { return strings.Repeat("\x00", n) + "story" },
	"not UTF-8":           func(n int) string { return strings.Repeat("\xff", n) + "story" },
	"cells":               func(n int) string { return "<table>" + strings.Repeat("<td>a", n/5) + "</table>story" },
	"rows":                func(n int) string { return "<table>" + strings.Repeat("<tr><td>", n/8) + "</table>story" },
	"captions":            func(n int) string { return "<table>" + strings.Repeat("<caption>a", n/10) + "</table>story" },
	"rt":                  func(n int) string { return "<ruby>" + strings.Repeat("a<rt>b", n/6) + "story" },
	"styled frames":       func(n int) string { return strings.Repeat(`<div style="font-style:italic"><b>`, n/34) + "story" },
	"misnested":           func(n int) string { return strings.Repeat("<b><p></b></p><i>x", n/18) + "story" },
	"pre":                 func(n int) string { return "<pre>" + strings.Repeat("\n", n) + "story" },
	"pre of runs":         func(n int) string { return "<pre>" + strings.Repeat("<b>\n</b>", n/8) + "story" },
	"lines by style":      func(n int) string { return "<p style='white-space:pre'>" + strings.Repeat("\n", n) + "story" },
	"summaries":           func(n int) string { return "<details>" + strings.Repeat("<summary>a</summary>", n/20) + "story" },
	"figure captions":     func(n int) string { return "<figure>" + strings.Repeat("<figcaption>a</figcaption>", n/26) + "story" },
	"one-cell tables":     func(n int) string { return strings.Repeat("<table><tr><td>", n/15) + "story" },
	"data image":          func(n int) string { return `story<img src="data:image/png;base64,` + strings.Repeat("A", n) + `">` },
	"long address":        func(n int) string { return `<a href="http://x.org/` + strings.Repeat("a", n) + `">story</a>` },
	"million of elements": func(n int) string { return strings.Repeat("<x>", n/3) + "story" },
}

// Whatever is thrown at Parse, the text is there, it takes time and memory in
// proportion, and the result holds to the rules.
func TestHostile(t *testing.T) {
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) {
			in := make(100_000)
			began := time.Now()
			d := judgeOutput(t, in)
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("took %v", took)
			}
			if !strings.Contains(d.Text(), "story") && !strings.Contains(strings.ReplaceAll(d.Text(), "\n", ""), "story") {
				t.Errorf("the story is lost: %.200q", d.HTML())
			}
		})
	}
}

func TestDepthIsReported(t *testing.T) {
	d, report := ParseReport(strings.Repeat("<b><div>", 1_000_000) + "story")
	if d.HTML() != "<p><strong>story</strong></p>" || report.Flattened < 1_000_000 {
		t.Errorf("%.200q, %+v", d.HTML(), report)
	}
	_, report = ParseReport(`<svg></svg><script>x</script><script>y</script><img src=x><a href="javascript:x">y</a><!-- z`)
	if report.Dropped["script"] != 2 || report.Dropped["svg"] != 1 || report.Images != 1 || report.Links != 1 || report.Unclosed != 1 {
		t.Errorf("%+v", report)
	}
}

func TestSentences(t *testing.T) {
	_, report := ParseReport(`<style></style><svg></svg><math></math><math></math><img src=x><img src=y>`)
	got := strings.Join(report.Sentences(), " ")
	want := "2 <math> were left out with what they held. One <svg> was left out with what it held. 2 pictures had no address that works outside their page."
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, report := ParseReport(chapter(100)); len(report.Sentences()) > 0 {
		t.Errorf("%q", report.Sentences())
	}
}

// TestHuge is run by hand: go test -run Huge -huge.
func TestHuge(t *testing.T) {
	if !*huge {
		t.Skip("takes minutes; run with -huge")
	}
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) {
			in := make(100 << 20)
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			d := Parse(in)
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			t.Logf("%v, allocated %d MB in all, system %d MB, out %d MB", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, after.Sys>>20, len(d.HTML())>>20)
		})
	}
}
