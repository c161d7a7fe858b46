//go:build unix

package intake

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// shapes are files that were made to cost much, at a size in bytes.
var shapes = map[string]struct {
	name string
	make func(n int) string
}{
	"one line of words":     {"a.txt", times("the lamp was cold and ")},
	"one word":              {"a.txt", times("a")},
	"one line of sentences": {"a.txt", times("The lamp was cold. She said, \u201cWait.\u201d ")},
	"wrapped lines":         {"a.txt", times("The lamp was cold, and the stair was dark, and nobody came up.\n")},
	"wrapped lines of all lengths": {"a.txt", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString("The lamp " + strings.Repeat("was cold ", i%40) + "\n")
		}
		return b.String()
	}},
	"paragraphs": {"a.txt", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString("The lamp " + strings.Repeat(string(rune('a'+i%26))+"old ", i%40) + "went out.\n\n")
		}
		return b.String()
	}},
	"short lines":             {"a.txt", times("a\n")},
	"short paragraphs":        {"a.txt", times("a\n\n")},
	"blank lines":             {"a.txt", func(n int) string { return "The lamp.\n" + strings.Repeat("\n", n) + "Cold.\n" }},
	"spaces":                  {"a.txt", func(n int) string { return "The lamp" + strings.Repeat(" ", n) + "cold.\n" }},
	"scene breaks":            {"a.txt", func(n int) string { return "The lamp.\n\n" + strings.Repeat("* * *\n\n", n/7) + "Cold.\n" }},
	"stars":                   {"a.txt", func(n int) string { return "The lamp.\n\n" + strings.Repeat("*", n) + "\n\nCold.\n" }},
	"starred words":           {"a.txt", times("*the* _lamp_ /was/ cold ")},
	"stars never closed":      {"a.txt", times("*the _lamp /was ")},
	"quotes never closed":     {"a.txt", times("\"the 'lamp \u201cwas \u2018cold ")},
	"apostrophes":             {"a.txt", times("'")},
	"hyphens":                 {"a.txt", times("la- mp ")},
	"hyphens at line ends":    {"a.txt", times("the lamp was la-\nmp ")},
	"chapters":                {"a.txt", times("Chapter 1\n\nThe lamp.\n\n")},
	"header lines":            {"a.txt", times("Title: The lamp\n")},
	"headings":                {"a.txt", times("CHAPTER ONE\n")},
	"misread letters":         {"a.txt", times("caf\u00c3\u00a9 \u00e2\u20ac\u0153lamp\u00e2\u20ac\u009d ")},
	"bytes of no encoding":    {"a.txt", times("\x81\x8d the \xff\xfe lamp ")},
	"replacement marks":       {"a.txt", times("don\ufffdt \ufffdwait\ufffd ")},
	"question marks in words": {"a.txt", times("don?t ?wait? ")},
	"entities":                {"a.txt", times("&amp;quot;lamp&amp;quot; ")},
	"run together":            {"a.txt", times("Thelampwascoldandnobodycame.Shesaidwait.")},
	"page numbers":            {"a.txt", times("the lamp was cold\n12\n\fThe Lamp\n")},
	"less than":               {"a.txt", func(n int) string { return "The lamp " + strings.Repeat("<", n) }},
	"tags in text":            {"a.txt", times("[b]lamp[/b] <i>cold</i> ")},
	"the same sentence":       {"a.txt", times("The lamp was cold that night.\n\n")},
	"digits":                  {"a.txt", times("1. ")},
	"colons":                  {"a.txt", times("a:\n")},
	"Han":                     {"a.txt", times("\u706f\u51b7\u4e86")},
	"Han lines":               {"a.txt", times("\u706f\u51b7\u4e86\u3002\n")},
	"combining":               {"a.txt", times("a\u0301\u0302\u0303\u0304")},
	"marks only":              {"a.txt", func(n int) string { return "lamp" + strings.Repeat("\u0301", n/2) }},

	"html: paragraphs":    {"a.html", page(times("<p>The lamp was cold, and nobody came.</p>"))},
	"html: one line":      {"a.html", page(times("the lamp was cold and "))},
	"html: breaks":        {"a.html", page(times("the lamp was cold<br>"))},
	"html: double breaks": {"a.html", page(times("the lamp was cold<br><br>"))},
	"html: nested div":    {"a.html", page(times("<div>"))},
	"html: nested b":      {"a.html", page(times("<b>"))},
	"html: nested table":  {"a.html", page(times("<table><tr><td>"))},
	"html: misnested":     {"a.html", page(times("<b><p></b></p><i>x"))},
	"html: a and p":       {"a.html", page(times("<a><p>x"))},
	"html: font":          {"a.html", page(times("<font color=a><p>x"))},
	"html: attributes":    {"a.html", page(func(n int) string { return "<p " + strings.Repeat("a=b ", n/4) + ">lamp" })},
	"html: attributes that differ": {"a.html", page(func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString("a" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26)) + "=b ")
		}
		return "<p " + b.String() + ">lamp"
	})},
	"html: comments":            {"a.html", page(times("<!--x-->"))},
	"html: comments open":       {"a.html", page(times("<!--"))},
	"html: empty elements":      {"a.html", page(times("<b></b>"))},
	"html: spans":               {"a.html", page(times("<span style='font-style:italic'>lamp</span> "))},
	"html: headings":            {"a.html", page(times("<h2>Chapter 1</h2><p>The lamp.</p>"))},
	"html: headings only":       {"a.html", page(times("<h2>Chapter 1</h2>"))},
	"html: links":               {"a.html", page(times("<a href='http://x.org/1'>lamp</a> "))},
	"html: options":             {"a.html", page(times("<select><option>lamp"))},
	"html: lists":               {"a.html", page(times("<ul><li>x"))},
	"html: cells":               {"a.html", page(times("<table><tr><td>x</table>"))},
	"html: entities":            {"a.html", page(times("&eacute;&#8220;&amp;"))},
	"html: ends without starts": {"a.html", page(times("</div></p></b>"))},
	"html: svg":                 {"a.html", page(times("<svg><desc>"))},
	"html: template":            {"a.html", page(times("<template>"))},
	"html: frameset":            {"a.html", page(times("<frameset>"))},
	"html: forms":               {"a.html", page(times("<form><input>"))},
	"html: text in a table":     {"a.html", page(func(n int) string { return "<table>" + strings.Repeat("x<b>", n/4) })},
	"html: pictures":            {"a.html", page(times("<img src='data:image/png;base64,aaaa' alt=x>"))},
	"html: workskin": {"a.html", page(func(n int) string {
		return `<div id="workskin"><div id="chapters">` + strings.Repeat(`<div class="chapter" id="chapter-1"><div class="userstuff">x</div></div>`, n/72)
	})},
	"html: definition list": {"a.html", page(times("<dl><dt>Rating:<dd>x</dl>"))},
	"html: ruby":            {"a.html", page(times("<ruby>x<rt>y</ruby>"))},
	"html: small marks":     {"a.html", page(times("<i>a</i>b"))},
	"html: one letter p":    {"a.html", page(times("<p>a"))},

	"md: quotes": {"a.md", md(times(">"))},
	"md: nested list": {"a.md", md(func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(" ", 2*(i%200)) + "- a\n")
		}
		return b.String()
	})},
	"md: brackets":    {"a.md", md(times("["))},
	"md: links":       {"a.md", md(times("[a](b"))},
	"md: pictures":    {"a.md", md(times("![a](b)"))},
	"md: stars":       {"a.md", md(times("**a"))},
	"md: stars and _": {"a.md", md(times("*a_b "))},
	"md: ticks":       {"a.md", md(times("`a``"))},
	"md: tags":        {"a.md", md(times("<a"))},
	"md: references":  {"a.md", md(times("[a]: b\n"))},
	"md: tables":      {"a.md", md(times("|a|b|\n|-|-|\n"))},
	"md: pipes":       {"a.md", md(times("|"))},
	"md: tildes":      {"a.md", md(times("~~a"))},
	"md: entities":    {"a.md", md(times("&a"))},
	"md: footnotes":   {"a.md", md(times("[^1]: a\n"))},
	"md: paragraphs":  {"a.md", md(times("the *lamp* was cold\n\n"))},
	"md: headings":    {"a.md", md(times("# a\n\nb\n\n"))},

	"rtf: groups":     {"a.rtf", groups(times("{"))},
	"rtf: words":      {"a.rtf", groups(times("\\b a\\b0 b"))},
	"rtf: paragraphs": {"a.rtf", groups(times("The lamp.\\par "))},
	"rtf: unicode":    {"a.rtf", groups(times("\\u8220?"))},
	"rtf: rows":       {"a.rtf", groups(times("\\trowd a\\cell\\row "))},

	"fb2: sections":   {"a.fb2", fictionOf(times("<section>"))},
	"fb2: paragraphs": {"a.fb2", fictionOf(times("<p>The lamp.</p>"))},
	"fb2: chapters":   {"a.fb2", fictionOf(times("<section><title><p>a</p></title><p>The lamp.</p></section>"))},
	"fb2: attributes": {"a.fb2", fictionOf(func(n int) string { return "<p " + strings.Repeat("a='b' ", n/6) + ">lamp</p>" })},
	"fb2: spaces": {"a.fb2", fictionOf(func(n int) string {
		return strings.Repeat("<p xmlns:a='u'><a:b/></p><p xmlns:a='v'/>", n/41)
	})},
	"fb2: notes": {"a.fb2", fictionOf(times("<p>a<a l:href='#n1' type='note'>1</a></p>"))},

	"json: nested":  {"a.json", times("[")},
	"json: objects": {"a.json", times(`{"a":`)},
	"json: stories": {"a.json", func(n int) string {
		return `[` + strings.Repeat(`{"title":"a","text":"the lamp"},`, n/32) + `{"title":"b","text":"cold"}]`
	}},
	"json: a story": {"a.json", func(n int) string { return `{"title":"a","text":"` + strings.Repeat(`the lamp\n\n`, n/12) + `"}` }},
	"csv: rows":     {"a.csv", func(n int) string { return "title,text\n" + strings.Repeat("a,the lamp was cold\n", n/20) }},
	"csv: stories": {"a.csv", func(n int) string {
		var b strings.Builder
		b.WriteString("title,text\n")
		for i := 0; b.Len() < n; i++ {
			b.WriteString("t" + strconv.Itoa(i) + ",the lamp\n")
		}
		return b.String()
	}},
	"csv: columns": {"a.csv", func(n int) string { return "title,text" + strings.Repeat(",a", n/2) + "\nx,y\n" }},
	"csv: quotes":  {"a.csv", func(n int) string { return "title,text\n\"a\",\"" + strings.Repeat("\"\"", n/2) + "\"\n" }},
	"mhtml: parts": {"a.mht", func(n int) string {
		return "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + strings.Repeat("--x\r\nContent-Type: text/html\r\n\r\n<p>lamp\r\n", n/45) + "--x--"
	}},
	"mhtml: nested": {"a.mht", func(n int) string {
		return "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + strings.Repeat("--x\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", n/55) + "--x--"
	}},
	"mhtml: header": {"a.mht", func(n int) string {
		return "MIME-Version: 1.0\r\n" + strings.Repeat("X-A: b\r\n", n/8) + "Content-Type: text/html\r\n\r\n<p>lamp"
	}},
}

func times(s string) func(int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)+1) }
}

func page(f func(int) string) func(int) string {
	return func(n int) string {
		return "<!DOCTYPE html><html><head><title>x</title></head><body><p>The lamp was cold.</p>" + f(n)
	}
}

func md(f func(int) string) func(int) string {
	return func(n int) string { return "# One\n\nThe *lamp* was **cold**.\n\n" + f(n) }
}

func groups(f func(int) string) func(int) string {
	return func(n int) string { return `{\rtf1\ansi The lamp was cold.\par ` + f(n) }
}

func fictionOf(f func(int) string) func(int) string {
	return func(n int) string {
		return `<?xml version="1.0"?><FictionBook xmlns:l="http://www.w3.org/1999/xlink"><body><section><p>The lamp was cold.</p></section>` + f(n)
	}
}

// cost is what a reading takes: time of the processor, and the most memory at once.
func cost(f func()) (cpu time.Duration, peak uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	var most atomic.Uint64
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			metrics.Read(s)
			most.Store(max(most.Load(), s[0].Value.Uint64()))
			select {
			case <-done:
				return
			case <-time.After(500 * time.Microsecond):
			}
		}
	}()
	started := used()
	f()
	cpu = used() - started
	close(done)
	<-ended
	return cpu, most.Load() - min(before, most.Load())
}

func used() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
