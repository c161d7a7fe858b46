package find

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/index"
)

// What nobody types in good faith is answered like all else: what can be read
// is, what cannot is told, and nothing breaks.
func TestHostileQuestions(t *testing.T) {
	w := newDice(3).world(40)
	f := w.finder()
	many := url.Values{}
	for id := range archive.TagID(1000) {
		many.Add("include", public(id+1))
		many.Add("exclude", public(id+1))
		many.Add("any", "x")
		many.Add("focus", public(id+1))
		many.Add("after", strings.Repeat("A", int(id)))
		many.Add("lang", strings.Repeat("z", int(id)))
	}
	for name, v := range map[string]url.Values{
		"a long query":              {"q": {strings.Repeat("moon OR ", 2000)}},
		"a deep query":              {"q": {strings.Repeat("(moon OR (", 1000)}},
		"many phrases":              {"q": {strings.Repeat(`-"the of" OR `, 500)}},
		"many negations":            {"q": {strings.Repeat("-", 5000) + "moon"}},
		"many fields":               {"q": {strings.Repeat("words:>1 updated:<9999d tag:a ", 300)}},
		"many looks inside":         {"q": {strings.Repeat("text:a* text:\"moon of\" -text:b ", 100)}},
		"many only ships":           {"q": {strings.Repeat("-(otp:a OR -otp:\"b\" focus:c) ", 200)}},
		"a cursor of nothing":       {"after": {"AQAAAAAA"}},
		"a cursor of rubbish":       {"after": {"\xff\x00../../etc/passwd"}},
		"a regular expression":      {"q": {`^(a+)+$ .* [[:alpha:]]{1000000} (?i)`}},
		"no text":                   {"q": {"\xff\xfe\x00\x01\r\n\u202e\u200b"}},
		"markup":                    {"q": {`"><script>alert(1)</script>`}},
		"SQL":                       {"q": {`'; DROP TABLE work; --`}},
		"a thousand tags":           many,
		"a page beyond all numbers": {"page": {"1000000000000000000"}},
		"negative ranges":           {"words": {"-5--1"}, "updated": {"-2024"}, "kudos": {"5-1"}},
		"far dates":                 {"updated": {"0001..9999"}, "posted": {">9999-12-31"}},
		"old ages":                  {"q": {"updated:<65535y posted:>65535y"}},
	} {
		q, _ := ParseQuestion(v)
		if _, err := f.Works(t.Context(), archive.Viewer{}, q); err != nil && !errors.Is(err, errs.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
		if again, problems := ParseQuestion(q.Values()); len(problems) > 0 || len(again.Include) != len(q.Include) {
			t.Errorf("%s: its link tells %v", name, problems)
		}
		w.check(t, f, archive.Viewer{Person: 1}, q.at(now))
	}
}

// at is q on its first page, asked at a time.
func (q Question) at(t time.Time) Question {
	q.Page, q.Now = 1, t
	return q
}

func TestPhrasesHaveABound(t *testing.T) {
	f, _ := library()
	a, _ := f.ask(t.Context(), archive.Viewer{}, Question{})
	a.effort = maxEffort
	common, single := index.Words{Terms: []string{"baker", "street"}, Places: anywhere()}, index.Words{Terms: []string{"baker"}, Places: anywhere()}
	for i := range 2 * freePhrases {
		if got, want := a.afford(common), i < freePhrases; got != want {
			t.Errorf("phrase %d: %v, want %v", i+1, got, want)
		}
		if !a.afford(single) {
			t.Error("a single word has no bound")
		}
	}
}
