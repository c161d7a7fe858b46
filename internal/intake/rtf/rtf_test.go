package rtf

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var shown = "image:" + strings.Repeat("a", 64)

func keep(data []byte) string {
	if string(data) == "picture" {
		return shown
	}
	return ""
}

// doc is a document as word processors begin it.
func doc(s string) string {
	return `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fcharset204{\*\panose 02020603}Times Cyr{\*\falt Times};}{\f2\fcharset128 MS Mincho;}{\f3\fcharset2 Wingdings;}{\f4\fcharset238 Times CE;}{\f5\fcharset2 Symbol;}}
{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql Normal;}{\s1\b\i\outlinelevel0 heading 1;}{\s2 Title;}{\s3 Quote;}{\s4 toc 1;}{\*\cs10 Default;}}{\*\generator Somebody 1.0;}
` + s + "}"
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, rtf, want string }{
		{"looks", `a {\i b} \b c\b0  {\ul d}{\strike e}{\super f}{\sub g}\par`, `<p>a <em>b</em> <strong>c</strong> <u>d</u><s>e</s><sup>f</sup><sub>g</sub></p>`},
		{"on, off, and by plain", `\i a\i0 b\i1 c\plain d\par`, `<p><em>a</em>b<em>c</em>d</p>`},
		{"a group restores", `{\i a{\b b}c}d\par`, `<p><em>a<strong>b</strong>c</em>d</p>`},
		{"hidden and deleted", `a{\v secret}b{\deleted gone}c{\revised new}\par`, `<p>abcnew</p>`},
		{"marks by name", `\ldblquote a\rdblquote\emdash\lquote b\rquote\endash c\~d\_e\bullet\par`, "<p>“a”—‘b’–c\u00a0d\u2011e•</p>"},
		{"letters of the page", `caf\'e9 \'93hi\'94\par`, `<p>café “hi”</p>`},
		{"letters of the font", `{\f1\'cf\'f0\'e8\'e2\'e5\'f2} {\f4\'e8} {\f2\'82\'a0\'81\'5c\'83\\}\par`, `<p>Привет č あ―ソ</p>`},
		{"a letter of two, one of them not escaped", `{\f2\'83A}\par`, `<p>ア</p>`},
		{"signs", `{\f3 J} {\f5 a} \u-3926? {\field{\*\fldinst SYMBOL 74 \\f "Wingdings" \\s 12}{\fldrslt }}\par`, "<p>☺ α \uf0aa ☺</p>"},
		{"unicode and what stands for it", `\u8220\'93a\u8221\'94 \u233?\uc0\u233 b\uc2\u233\'c3\'a9c\uc1\u-10179?\u-8694?\par`, `<p>“a” éébéc😊</p>`},
		{"what stands for it ends with the group", `{\u233}a\par`, `<p>éa</p>`},
		{"lines and paragraphs", "a\\line b\\par\nc\\\nd\\par", `<p>a<br>b</p><p>c</p><p>d</p>`},
		{"line ends of the file are nothing", "wo\nrd\\par", `<p>word</p>`},
		{"headings", `\pard\s1\outlinelevel0\b\i One\par\pard\plain a\par\pard\outlinelevel2 Three\par`, `<h1>One</h1><p>a</p><h3>Three</h3>`},
		{"numbered heading", `{\listtext\pard\plain Chapter 1.\tab}\pard\s1\ls1\outlinelevel0 Fog\par\pard\plain a\par`, `<h1>Chapter 1. Fog</h1><p>a</p>`},
		{"alignment", `\pard\qc ***\par\pard\qr Yours\par\pard\qj a\par`, `<p class="center">***</p><p class="right">Yours</p><p>a</p>`},
		{"right to left", `\pard\rtlpar\qr\u1513?\par`, `<p dir="rtl">ש</p>`},
		{"quotes", `a\par a\par\pard\s3 b\par\pard\li720 c\par\pard\li720\fi-360 d\par`, `<p>a</p><p>a</p><blockquote><p>b</p><p>c</p></blockquote><p>d</p>`},
		{"pages", `a\par\page b\par\sect c\par\pard\pagebb d\par`, `<p>a</p><hr><p>b</p><hr><p>c</p><hr><p>d</p>`},
		{"page before a heading", `a\par\page\pard\s1 One\par`, `<p>a</p><h1>One</h1>`},
		{"lines drawn", `a\par\pard\brdrb\brdrs b\par c\par\pard d\par\pard\brdrb\par\pard e\par\pard\brdrl\brdrb boxed\par`, `<p>a</p><p>b</p><p>c</p><hr><p>d</p><hr><p>e</p><p>boxed</p>`},
		{"list", `{\listtext\pard\plain 1.\tab}\pard\ls1 a\par{\listtext\pard\plain\f3\'a7\tab}\pard\ls1\ilvl1 b\par{\listtext 2.\tab}\pard\ls1 c\par\pard d\par`, `<ol><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ol><p>d</p>`},
		{"old list", `{\pntext\f3\'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}a\par{\pntext\f3\'b7\tab}b\par`, `<ul><li>a</li><li>b</li></ul>`},
		{"table", `\trowd\cellx100\cellx200\pard\intbl a\cell b\par c\cell\row\trowd\cellx100\cellx200\pard\intbl d\cell\cell\row\pard e\par`, `<table><tbody><tr><td>a</td><td><p>b</p><p>c</p></td></tr><tr><td>d</td><td></td></tr></tbody></table><p>e</p>`},
		{"link", `{\field{\*\fldinst{ HYPERLINK "https://example.org/a" }}{\fldrslt{\ul here}}}.\par`, `<p><a href="https://example.org/a">here</a>.</p>`},
		{"note", `a{\super\chftn}{\footnote\pard\plain{\super\chftn} Said {\i so}.} b\par`, `<p>a<sup><span id="fn-ref-1"></span><a href="#fn-note-1">1</a></sup> b</p><hr><p><span id="fn-note-1"></span><a href="#fn-ref-1">1</a> Said <em>so</em>.</p>`},
		{"picture", `a{\*\shppict{\pict{\*\picprop x}\pngblip\picw1 70696374` + "\n" + `757265}}{\nonshppict{\pict\wmetafile8 00}}\par`, `<p>a<img src="` + shown + `" alt=""></p>`},
		{"picture in bytes", `{\pict\jpegblip\bin7 picture}\par`, `<p><img src="` + shown + `" alt=""></p>`},
		{"what is passed over", `{\header Page}{\*\unknown stuff{more}}{\*\bkmkstart x}a{\*\annotation{no}}{\xe index}{\comment b}\par`, `<p>a</p>`},
		{"contents are left out", `\pard\s4 Chapter 1\tab 3\par\pard\plain a\par`, `<p>a</p>`},
		{"a text told twice", `{\upr{a?}{\*\ud{a\u233 ?}}}\par`, `<p>aé</p>`},
		{"no end", `a {\i b`, `<p>a <em>b</em></p>`},
		{"too many ends", `a}}}b\par`, `<p>ab</p>`},
		{"words that are too long", `\` + strings.Repeat("x", 5000) + ` a\b99999999999999999999 b\par`, `<p>a<strong>b</strong></p>`},
	} {
		m, err := Read([]byte(doc(c.rtf)), keep)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Chapters[0].Text.HTML(); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestPages(t *testing.T) {
	for _, c := range []struct{ name, rtf, want string }{
		{"Mac", `{\rtf1\mac caf\'8e}`, "café"},
		{"DOS", `{\rtf1\pc caf\'82}`, "café"},
		{"Cyrillic", `{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}`, "При"},
		{"Cyrillic, fonts that do not know it", `{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 Arial;}}\'cf\'f0\'e8}`, "При"},
		{"Cyrillic with Western letters", `{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}caf\'e9 \f1\'cf\'f0\'e8}`, "café При"},
		{"Chinese", `{\rtf1\ansi\ansicpg936 \'c4\'e3\'ba\'c3}`, "你好"},
		{"bytes that are not escaped", "{\\rtf1\\ansi caf\xe9}", "café"},
		{"nothing said", `{\rtf \'93x\'94}`, "“x”"},
	} {
		m, err := Read([]byte(c.rtf), keep)
		if got := strings.TrimSpace(m.Chapters[0].Text.Text()); err != nil || got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSaysOfItself(t *testing.T) {
	const about = `{\info{\title Draft}{\author Wren; user}{\operator Typist}{\*\company X}}`
	for _, c := range []struct{ name, rtf, title, by, offers string }{
		{"properties", about + `\lang1031 Text.\par`, "", "[Wren]", "Draft"},
		{"title in the text", about + `\pard\s2 The Harbour\par\pard\plain\lang1031 Text.\par`, "The Harbour", "[Wren]", "Draft"},
		{"of nobody", `{\info{\title Document1}{\author Microsoft Office User}}\lang1031 Text.\par`, "", "[]", ""},
		{"in other letters", `{\info{\title{\upr{Se?or}{\*\ud Se\u241?or}}}}\lang1031 Text.\par`, "", "[]", "Señor"},
	} {
		m, _ := Read([]byte(doc(c.rtf)), keep)
		offers := ""
		for _, p := range m.Proposals {
			offers += p.Value
		}
		if m.Title != c.title || fmt.Sprint(m.Creators) != c.by || offers != c.offers || m.Language != "de" || strings.TrimSpace(m.Chapters[0].Text.Text()) != "Text." {
			t.Errorf("%s: got %q by %v, offered %q, in %q", c.name, m.Title, m.Creators, offers, m.Language)
		}
	}
}

// TestHostile holds that no depth and no size brings the reader down, and that
// time grows with the file only.
func TestHostile(t *testing.T) {
	for name, s := range map[string]string{
		"unknown groups":        strings.Repeat(`{\*\x`, 2000) + strings.Repeat("}", 2000) + ` said\par`,
		"groups":                strings.Repeat(`{`, 300_000) + strings.Repeat("}", 300_000) + ` said\par`,
		"notes within notes":    strings.Repeat(`{\footnote `, 2000) + strings.Repeat("}", 2000) + ` said\par`,
		"tables within nothing": strings.Repeat(`\cell\row`, 20_000) + ` said\par`,
		"fonts":                 strings.Repeat(`{\fonttbl{\f1\fcharset2 x;}}`, 5000) + ` said\par`,
		"marks":                 strings.Repeat(`\i a\i0 b`, 100_000) + ` said\par`,
	} {
		start := time.Now()
		m, err := Read([]byte(doc(s)), keep)
		if err != nil || !strings.Contains(m.Chapters[0].Text.Text(), "said") {
			t.Errorf("%s: %v, the text is lost", name, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// TestCut holds that a document that ends anywhere is read up to there.
func TestCut(t *testing.T) {
	whole := doc(`\pard\s1 One\par\pard\plain The {\i sea} was\u8212\'97calm{\footnote Or so.}.\par\trowd\intbl a\cell\row`)
	for n := range len(whole) {
		m, err := Read([]byte(whole[:n]), keep)
		if err != nil || len(m.Warnings) == 0 && n > 0 && strings.Count(whole[:n], "{") > 0 {
			t.Fatalf("cut at %d: %v, %v", n, err, m.Warnings)
		}
	}
	m, _ := Read([]byte(whole), keep)
	if len(m.Warnings) > 0 {
		t.Errorf("the whole one is told to be cut: %v", m.Warnings)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(doc(`a\par{\i b}\u233?\trowd\cell\row{\field{\*\fldinst HYPERLINK "x"}{\fldrslt y}}`))
	f.Add(strings.Repeat(`{\footnote\cell\row`, 50))
	f.Add(`{\rtf1{\fonttbl\f0 x;}\bin99999999 {\pict\pngblip 0}\'8`)
	f.Fuzz(func(t *testing.T, s string) {
		m, err := Read([]byte(s), keep)
		if err != nil || len(m.Chapters) != 1 || m.Kind != Kind {
			t.Errorf("%v, %d chapters", err, len(m.Chapters))
		}
	})
}
