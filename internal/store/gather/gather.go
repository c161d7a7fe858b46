// Package gather reads what a database gathered from several rows into one text:
// fields one behind the other, numbers with a space after them, and texts as their
// length in bytes, a space, and themselves.
//
// It knows neither database nor store; Names is the question that gathers.
package gather

import (
	"strconv"
	"strings"
)

// Names is the question for the rows of the table work_names, from the tables of
// what they gather. The work is w.
const Names = `SELECT w.id AS work,
	(SELECT count(*) FROM chapter c WHERE c.work = w.id AND c.until = 0) AS chapters,
	coalesce((SELECT string_agg(t.id || ' ' || t.kind || ' ' || octet_length(t.name) || ' ' || t.name, '' ORDER BY wt.position)
		FROM work_tag wt JOIN tag t ON t.id = wt.tag WHERE wt.work = w.id), '') AS tags,
	coalesce((SELECT string_agg(c.id || ' ' || octet_length(c.name) || ' ' || c.name || octet_length(c.account) || ' ' || c.account, '' ORDER BY wc.position)
		FROM work_creator wc JOIN creator c ON c.id = wc.creator WHERE wc.work = w.id), '') AS creators,
	coalesce((SELECT string_agg(s.id || ' ' || octet_length(s.title) || ' ' || s.title || ws.number || ' ', '' ORDER BY ws.position)
		FROM work_series ws JOIN series s ON s.id = ws.series WHERE ws.work = w.id), '') AS series
	FROM work w`

// Fields reads a gathered text from its beginning.
type Fields struct {
	rest   string
	broken bool
}

// Of begins to read a text.
func Of(text string) *Fields { return &Fields{rest: text} }

// More reports whether there is another field.
func (f *Fields) More() bool { return f.rest != "" && !f.broken }

// Broken reports whether the text was not what it should be. What was read of it
// means nothing then.
func (f *Fields) Broken() bool { return f.broken }

// Number reads a number.
func (f *Fields) Number() int64 {
	digits, rest, _ := strings.Cut(f.rest, " ")
	n, err := strconv.ParseInt(digits, 10, 64)
	f.rest, f.broken = rest, f.broken || err != nil
	return n
}

// Text reads a text.
func (f *Fields) Text() string {
	n := f.Number()
	if f.broken || n < 0 || n > int64(len(f.rest)) {
		f.broken = true
		return ""
	}
	text := f.rest[:n]
	f.rest = f.rest[n:]
	return text
}
