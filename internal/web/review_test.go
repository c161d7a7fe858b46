package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
)

// reviewed is a site with one work that came with mends.
type reviewed struct {
	*importing
	work archive.WorkID
}

func newReviewed(t *testing.T, text string) reviewed {
	i := newImporting(t)
	return reviewed{i, i.receipts(i.upload(sent{"lamp.txt", text}))[0].Work}
}

// damaged is a text with n words in signs.
func damaged(n int) string {
	var b strings.Builder
	b.WriteString("The Lamp\n\nby tidewrack\n\n")
	for i := range n {
		fmt.Fprintf(&b, "Nobody in the house could say who had lit the _lantern%d_ that hung there.\n\n", i)
	}
	return b.String()
}

func (v reviewed) page(query string) string {
	v.t.Helper()
	code, body := v.get(address.Review(v.work) + query)
	if code != 200 {
		v.t.Fatalf("%d %s", code, body)
	}
	return body
}

func (v reviewed) text() string {
	_, body := v.get(address.Chapter(v.work, 1))
	return body
}

// undone is how many words stand in the text as they came.
func (v reviewed) undone() int { return strings.Count(v.text(), "_lantern") }

// form is what a browser would send of the page, with some ticks changed.
func (v reviewed) form(body, button string, change map[string]bool) url.Values {
	form := url.Values{"do": {button}}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`).FindAllStringSubmatch(body, -1) {
		form.Set(m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`<input type="checkbox" name="(\w+)" value="(\w+)"( checked)?>`).FindAllStringSubmatch(body, -1) {
		on, ok := change[m[2]]
		if ok && on || !ok && m[3] != "" {
			form.Add(m[1], m[2])
		}
	}
	return form
}

func (v reviewed) send(form url.Values) (code int, location string) {
	r := newForm(address.Review(v.work), form)
	w := v.do(r)
	return w.Code, w.Header().Get("Location")
}

func idsOf(body string) (ids []string) {
	for _, m := range regexp.MustCompile(`name="on" value="(\w+)"`).FindAllStringSubmatch(body, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func TestReview(t *testing.T) {
	v := newReviewed(t, damaged(3))
	body := v.page("")
	ids := idsOf(body)
	if len(ids) != 3 || !strings.Contains(body, "lit the <del>") || !strings.Contains(body, "<em>lantern1</em></ins> that hung there.</span>") {
		t.Fatalf("%d mends: %s", len(ids), body)
	}
	code, to := v.send(v.form(body, "save", map[string]bool{ids[1]: false}))
	if code != 303 || to != address.Review(v.work)+"?done=saved" || v.undone() != 1 {
		t.Errorf("one undone: %d %s\n%s", code, to, v.text())
	}
	if body := v.page("?done=saved"); !strings.Contains(body, "Saved as revision 2. 1 mend undone.") || !strings.Contains(body, "left as it was by you") {
		t.Error(body)
	}
	code, to = v.send(v.form(v.page(""), "save", nil))
	if code != 303 || to != address.Review(v.work)+"?done=kept" {
		t.Errorf("nothing changed: %d %s", code, to)
	}
	v.send(v.form(v.page(""), "undo:italics", nil))
	if v.undone() != 3 || strings.Contains(v.page(""), "Undo all") {
		t.Errorf("all of a rule undone: %s", v.text())
	}
	v.send(v.form(v.page("?show=undone"), "accept:*", nil))
	v.send(v.form(v.page(""), "forget", nil))
	body = v.page("")
	if strings.Contains(body, "by you") || strings.Contains(body, "As the rules decide") {
		t.Errorf("forgotten: %s", body)
	}
	if _, record := v.get(address.Record(v.work)); !strings.Contains(record, "3 mends undone") && !strings.Contains(record, "2 mends undone") || !strings.Contains(record, address.Review(v.work)) {
		t.Errorf("record: %s", record)
	}
	if _, work := v.get(address.Work(v.work)); !strings.Contains(work, "Review 3 mends") {
		t.Errorf("work: %s", work)
	}
}

// TestReviewButtonsKeepTicks presses a button of a rule after a tick of another was changed.
func TestReviewButtonsKeepTicks(t *testing.T) {
	v := newReviewed(t, damaged(2)+"~*~*~*~\n\nIn the morning it was out.\n")
	body := v.page("")
	var other string
	for _, id := range idsOf(body) {
		if at := strings.Index(body, `id="m`+id); strings.Contains(body[at:at+400], "~*~*~*~") {
			other = id
		}
	}
	if other == "" {
		t.Fatal(body)
	}
	v.send(v.form(body, "undo:italics", map[string]bool{other: false}))
	if v.undone() != 2 || strings.Count(v.page(""), "left as it was by you") != 3 {
		t.Error(v.page(""))
	}
}

// TestReviewInTwoTabs saves a page that was there before another one was saved:
// what was decided in between stands.
func TestReviewInTwoTabs(t *testing.T) {
	v := newReviewed(t, damaged(3))
	body := v.page("")
	ids := idsOf(body)
	v.send(v.form(body, "save", map[string]bool{ids[0]: false}))
	v.send(v.form(body, "save", map[string]bool{ids[1]: false}))
	if v.undone() != 2 {
		t.Errorf("%d of the two that were undone in two tabs are", v.undone())
	}
}

// TestReviewAfterReverting saves the page of an earlier revision as it is: its
// ticks count, not what was decided after it.
func TestReviewAfterReverting(t *testing.T) {
	v := newReviewed(t, damaged(3))
	v.send(v.form(v.page(""), "undo:italics", nil))
	if v.undone() != 3 {
		t.Fatal(v.text())
	}
	v.do(newForm(address.Work(v.work)+"/reversions", url.Values{"revision": {"1"}}))
	body := v.page("")
	v.send(v.form(body, "save", map[string]bool{idsOf(body)[0]: false}))
	if v.undone() != 1 {
		t.Errorf("%d are undone of the one that has no tick", v.undone())
	}
}

func TestReviewOfMany(t *testing.T) {
	v := newReviewed(t, damaged(2000))
	code, body := v.get(address.Review(v.work))
	if code != 200 || len(idsOf(body)) != 100 || len(body) > 60_000 {
		t.Errorf("%d, %d mends, %d bytes", code, len(idsOf(body)), len(body))
	}
	t.Logf("a page of 2,000 mends has %d bytes", len(body))
	last := v.page("?page=20")
	ids := idsOf(last)
	if len(ids) != 100 || ids[0] == idsOf(body)[0] || !strings.Contains(last, "1,901–2,000 of 2,000") {
		t.Errorf("last page: %d mends", len(ids))
	}
	if code, to := v.send(v.form(last, "save", map[string]bool{ids[99]: false})); code != 303 || !strings.HasSuffix(to, "?done=saved&page=20") {
		t.Errorf("%d %s", code, to)
	}
	if n := v.undone(); n != 1 {
		t.Errorf("%d undone, want 1", n)
	}
	for page, want := range map[string]int{"0": 404, "x": 404, "21": 200, "-1": 404} {
		if code, _ := v.get(address.Review(v.work) + "?page=" + page); code != want {
			t.Errorf("page %s: %d, want %d", page, code, want)
		}
	}
}

func TestBeside(t *testing.T) {
	v := newReviewed(t, damaged(3))
	code, body := v.get(address.Beside(v.work, 1))
	if code != 200 || !strings.Contains(body, "lit the _lantern1_ that") || !strings.Contains(body, "lit the <em>lantern1</em> that") || len(idsOf(body)) != 3 {
		t.Fatalf("%d %s", code, body)
	}
	code, to := v.send(v.form(body, "save", map[string]bool{idsOf(body)[0]: false}))
	if code != 303 || to != address.Beside(v.work, 1)+"?done=saved" || v.undone() != 1 {
		t.Errorf("%d %s", code, to)
	}
	if code, _ := v.get(address.Beside(v.work, 2)); code != 404 {
		t.Errorf("chapter 2: %d", code)
	}
}

// TestReviewProposes takes a title, and turns another down.
func TestReviewProposes(t *testing.T) {
	v := newReviewed(t, damaged(1))
	proposals := []archive.Proposal{{Field: "title", Value: "The Lantern", Because: "It is said <i>so</i>.", Confidence: 0.95}, {Field: "fandoms", Value: "Lamps", Because: "Lamps.", Confidence: 0.5}}
	change(t, v.Store, func(tx *store.Tx) error {
		return tx.SetDecisions(v.work, archive.Decisions{Proposals: proposals})
	})
	body := v.page("")
	if !strings.Contains(body, "It is said &lt;i&gt;so&lt;/i&gt;.") || !strings.Contains(body, `value="`+proposals[0].ID()+`" checked`) || strings.Contains(body, `value="`+proposals[1].ID()+`" checked`) {
		t.Fatal(body)
	}
	v.send(v.form(body, "save", nil))
	if body := v.page("?done=saved"); !strings.Contains(body, "The Lantern") || !strings.Contains(body, "Title chosen.") {
		t.Error(body)
	}
	change(t, v.Store, func(tx *store.Tx) error {
		d, err := tx.Decisions(v.work)
		if err != nil {
			return err
		}
		d.Proposals = proposals
		return tx.SetDecisions(v.work, d)
	})
	body = v.page("")
	if strings.Contains(body, proposals[0].ID()) || !strings.Contains(body, "Lamps") {
		t.Errorf("what was taken is proposed again, or the rest is not: %s", body)
	}
	v.send(v.form(body, "decline:"+proposals[1].ID(), nil))
	if body := v.page(""); strings.Contains(body, proposals[1].ID()) {
		t.Errorf("what was turned down is proposed again: %s", body)
	}
}

// TestReviewOfNonsense sends what no page would.
func TestReviewOfNonsense(t *testing.T) {
	v := newReviewed(t, damaged(2))
	before := v.text()
	for name, form := range map[string]url.Values{
		"nothing":            {},
		"unknown mends":      {"seen": {"x y 0000000000000000"}, "on": {"x"}, "do": {"save"}},
		"an unknown rule":    {"do": {"undo:nothing"}},
		"an unknown button":  {"do": {"explode"}},
		"a chapter not here": {"chapter": {"99"}, "do": {"save"}},
	} {
		if code, to := v.send(form); code != 303 || !strings.HasPrefix(to, address.Review(v.work)) {
			t.Errorf("%s: %d %s", name, code, to)
		}
	}
	if code, _ := v.send(url.Values{"do": {"save"}, "accept": {"nonsense"}}); code != 422 {
		t.Errorf("a proposal that nobody made: %d, want 422", code)
	}
	if v.text() != before {
		t.Error("something was changed")
	}
}

func newForm(target string, form url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// TestReviewOutlivesANewerCopy brings a work in again that somebody has decided about.
func TestReviewOutlivesANewerCopy(t *testing.T) {
	copyOf := func(n int) sent {
		f := newer(n)
		f.content = strings.ReplaceAll(f.content, "on the rock.</p>", "on the rock.</p><p>~*~*~*~</p><p>The lamp was out.</p>")
		for c := 1; c <= n; c++ {
			f.content = strings.Replace(f.content, "The lamp was out.", fmt.Sprintf("On morning %d the lamp was out again.", c), 1)
		}
		return f
	}
	i := newImporting(t)
	v := reviewed{i, i.receipts(i.upload(copyOf(1)))[0].Work}
	ids := idsOf(v.page(""))
	if len(ids) != 1 {
		t.Fatal(v.page(""))
	}
	v.send(v.form(v.page(""), "save", map[string]bool{ids[0]: false}))
	if !strings.Contains(v.text(), "~*~*~*~") {
		t.Fatal(v.text())
	}
	if r := i.receipts(i.upload(copyOf(2)))[0]; r.Status != archive.StatusUpdated || r.Work != v.work || len(r.Warnings) != 0 {
		t.Fatalf("%+v", r)
	}
	if _, second := v.get(address.Chapter(v.work, 2)); !strings.Contains(v.text(), "~*~*~*~") || strings.Contains(second, "~*~*~*~") {
		t.Errorf("the newer copy was read without what was decided: %s", v.text())
	}
	if r := i.receipts(i.upload(newer(3)))[0]; r.Status != archive.StatusUpdated || len(r.Warnings) != 1 {
		t.Errorf("a copy without the break: %+v", r)
	}
	if body := v.page(""); !strings.Contains(body, "Decided, and no longer found") {
		t.Errorf("%s", body)
	}
}
