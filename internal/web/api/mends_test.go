package api

import (
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/intake"
)

// bring keeps a text with two mends, and returns its work's address.
func (l *library) bring(t *testing.T) string {
	t.Helper()
	text := "The Kettle\n\nby tidewrack\n\nNobody could say who had put the _kettle_ on.\n\nNobody would say who had taken the _lamp_ away.\n"
	receipts := intake.Bring(t.Context(), l.Store, archive.Viewer{Person: anna}, intake.File{Name: "kettle.txt", Data: func() ([]byte, error) { return []byte(text), nil }}, false)
	if len(receipts) != 1 || receipts[0].Status != archive.StatusNew {
		t.Fatalf("%+v", receipts)
	}
	return "/works/" + strconv.FormatInt(receipts[0].Work.Public(), 10)
}

func (l *library) decide(path, body string, status int) map[string]any {
	l.t.Helper()
	r := httptest.NewRequest("POST", Root+path+"/mends", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return l.held(l.do(r), path, "/works/{id}/mends", "post", status)
}

func TestMends(t *testing.T) {
	l := newLibrary(t)
	path := l.bring(t)
	list := l.answer(path+"/mends", "/works/{id}/mends", 200)
	mends := list["mends"].([]any)
	if len(mends) != 2 || list["readable"] != true || list["revision"] != float64(1) {
		t.Fatalf("%v", list)
	}
	first := mends[0].(map[string]any)
	id := first["id"].(string)
	if len(id) != 16 || first["tier"] != "A" || first["applied"] != true || first["decided"] != false || first["rule"] != "italics" {
		t.Errorf("%v", first)
	}
	if none := l.answer(path+"/mends?rule=wrap", "/works/{id}/mends", 200); len(none["mends"].([]any)) != 0 {
		t.Errorf("of another rule: %v", none)
	}
	done := l.decide(path, `{"undo":["`+id+`"]}`, 200)
	if done["changed"] != true || done["revision"] != float64(2) || done["undone"] != float64(1) || done["why"] != "1 mend undone." {
		t.Errorf("%v", done)
	}
	chapter := l.answer(path+"/chapters/1", "/works/{id}/chapters/{n}", 200)
	if html := chapter["html"].(string); !strings.Contains(html, "_kettle_") || !strings.Contains(html, "<em>lamp</em>") {
		t.Errorf("%s", html)
	}
	again := l.decide(path, `{"undo":["`+id+`"]}`, 200)
	if again["changed"] != false || again["revision"] != float64(2) {
		t.Errorf("again: %v", again)
	}
	if all := l.decide(path, `{"undo":["rule:italics"]}`, 200); all["undone"] != float64(1) {
		t.Errorf("all of a rule: %v", all)
	}
	if back := l.decide(path, `{"forget":true}`, 200); back["accepted"] != float64(2) {
		t.Errorf("forgotten: %v", back)
	}
}

func TestMendsRefuse(t *testing.T) {
	l := newLibrary(t)
	path := l.bring(t)
	for body, status := range map[string]int{
		`{"undo":["0000000000000000"]}`: 422, `{"accept":["rule:nothing"]}`: 422, `{"choose":["nothing"]}`: 422, `{"undo":"x"}`: 422, `{`: 400,
	} {
		l.decide(path, body, status)
	}
	l.decide("/works/"+strconv.FormatInt(l.lamp.ID.Public(), 10), `{"undo":["*"]}`, 422) // no file is kept with it
	l.decide("/works/0", `{}`, 404)
	l.person = 2
	l.decide(path, `{"undo":["*"]}`, 404) // it is Anna's alone
	l.decide("/works/"+strconv.FormatInt(l.lamp.ID.Public(), 10), `{"undo":["*"]}`, 403)
	if list := l.answer("/works/"+strconv.FormatInt(l.lamp.ID.Public(), 10)+"/mends", "/works/{id}/mends", 200); list["readable"] != false {
		t.Errorf("%v", list)
	}
	l.person = 0
	l.decide("/works/"+strconv.FormatInt(l.lamp.ID.Public(), 10), `{"undo":["*"]}`, 401)
}
