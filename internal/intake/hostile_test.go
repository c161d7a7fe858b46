package intake

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/store/storetest"
)

// TestHugePages reads pages that nobody has written, each within a few seconds;
// with HUGE=1 ten times as large.
func TestHugePages(t *testing.T) {
	if testing.Short() {
		t.Skip("reads large pages")
	}
	times := 1
	if os.Getenv("HUGE") != "" {
		times = 10
	}
	many := 10_000 * times
	body := strings.Repeat("<p>"+fill(100)+"</p>", 30)
	options := strings.Repeat("<option value=7>7. x", 10*many)
	netTop := `<html><head><link rel="canonical" href="//www.fanfiction.net/s/77/2/The-Lamp"></head><body><div id=profile_top><b class='xcontrast_txt'>The Lamp</b><span class='xgray'>Rated: Fiction T - English - Drama - id: 77</span></div>`
	for _, c := range []struct {
		name, page string
		most       time.Duration
	}{
		{"megabytes of paragraphs", "<html><body><article>" + strings.Repeat("<p>"+fill(100)+"</p>", times*6<<20/560) + "</article></body></html>", 60 * time.Second},
		{"100,000 elements within each other", "<html><body>" + strings.Repeat("<div>", 100_000) + body + strings.Repeat("</div>", 100_000) + "</body></html>", 10 * time.Second},
		{"100,000 italics within each other", "<html><body><article>" + strings.Repeat("<i>", 100_000) + body + "</article></body></html>", 10 * time.Second},
		{"many chapters in a menu", netTop + `<select id=chap_select>` + options + `</select><div id=storytext>` + body + `</div></body></html>`, 20 * time.Second},
		{"many chapters in a menu of an archive", `<html><body><div id="pagetitle"><a href="viewstory.php?sid=12">x</a> by <a href="viewuser.php?uid=3">y</a></div><select name="chapter">` + options + `</select><div id="story">` + body + `</div></body></html>`, 20 * time.Second},
		{"many anchors", `<html><body><h1><a href="http://a.example/5">L</a> by <a class=authorlink>Q</a></h1><table class=full></table><a name=TOCTOP></a>` + strings.Repeat(`<a name=section0001><h2>x</h2></a><p>y</p>`, many) + `</body></html>`, 20 * time.Second},
		{"many boxes of notes", `<html><body><div id="pagetitle"><a href="viewstory.php?sid=12">x</a> by <a href="viewuser.php?uid=3">y</a></div>` + strings.Repeat(`<div class=notes><span class=label>a:</span><div class=noteinfo>b</div></div>`, many) + `<div id="story">` + body + `</div></body></html>`, 20 * time.Second},
		{"many labels", `<html><body><div id="pagetitle"><a href="viewstory.php?sid=12">x</a> by <a href="viewuser.php?uid=3">y</a></div>` + strings.Repeat(`<span class=label>a:</span> b `, many) + `<div id="story">` + body + `</div></body></html>`, 20 * time.Second},
		{"many journals", `<html><head><title>x: The Lamp (1/2)</title></head><body>` + strings.Repeat(`<span class=ljuser lj:user=x>x</span><font>@ x</font><a href="http://www.livejournal.com/go.bml?itemid=x">y</a>`, many) + body + `</body></html>`, 20 * time.Second},
		{"many comments", `<html>` + strings.Repeat(`<!-- saved from url= STORYINFO -->`, many) + `<body>` + body + `</body></html>`, 20 * time.Second},
		{"many pages within a page", strings.Repeat(`<html><body><div class=chapter>`, many) + body, 20 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			m, _, err := Read("x.html", []byte(c.page), nil)
			took := time.Since(start)
			if err == nil && len(m.Chapters) == 0 || err != nil && Sentence(err) == "" {
				t.Errorf("%d chapters, %v", len(m.Chapters), err)
			}
			t.Logf("%d MB in %v: %d chapters, %v", len(c.page)>>20, took.Round(time.Millisecond), len(m.Chapters), err)
			if took > c.most {
				t.Errorf("took %v", took)
			}
		})
	}
}

// TestChapterNumbersOfNonsense brings pages that say they are chapter 1,000,000,000.
func TestChapterNumbersOfNonsense(t *testing.T) {
	for what, page := range map[string]string{
		"AO3":       strings.ReplaceAll(ao3Page(5, 2), `id="chapter-2"`, `id="chapter-1000000000"`),
		"AO3, more": strings.ReplaceAll(ao3Page(5, 2), `id="chapter-2"`, `id="chapter-99999999999999999999999999"`),
		"none":      strings.ReplaceAll(ao3Page(5, 2), `id="chapter-2"`, `id="chapter-0"`),
		"a journal": strings.ReplaceAll(places[3].page(2, 5), "(2/5)", "(999/999)"),
		"eFiction":  strings.ReplaceAll(places[2].page(2, 5), `value="2"`, `value="1000000000"`),
		"the site":  strings.ReplaceAll(netChapter(2, 5), "value=2", "value=1000000000"),
	} {
		s := storetest.Open(t)
		r := Bring(t.Context(), s, owner, fileOf("x.html", []byte(page)), false)[0]
		if r.Status != archive.StatusNew {
			t.Errorf("%s: %+v", what, r)
			continue
		}
		if _, chapters, _ := kept(t, s, r.Work); len(chapters) > 1000 || !strings.Contains(fmt.Sprint(chapters[len(chapters)-1].Text.HTML(), chapters[0].Text.HTML()), "number 2") {
			t.Errorf("%s: %d chapters", what, len(chapters))
		}
	}
}

// TestAskedTooOften is what sites answer to programs that fetch many works.
func TestAskedTooOften(t *testing.T) {
	for _, page := range []string{"Retry later\n", "<html><body>Too Many Requests</body></html>"} {
		if _, _, err := Read("x.html", []byte(page), nil); err == nil {
			t.Errorf("%q was taken in", page)
		} else {
			checkSentence(t, page, Sentence(err), "too often")
		}
	}
	if _, _, err := Read("x.txt", []byte("Retry later\n\n"+fill(60)), nil); err != nil {
		t.Error(err)
	}
}
