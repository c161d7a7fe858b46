package seal

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
)

// Table is a table whose rows are sealed.
type Table struct {
	Name    string
	Key     []string // the primary key
	Columns []string // all that is sealed, the key among it
	Work    string   // the column that says which work a row belongs to, "" if none does

	ask map[int64]string // the questions for rows with a mark
	set string           // the statement that seals a row
}

// Tables are all tables with words of people in them. What is not here is derived
// from these (work_names is here because pages show it), or is a body. A migration
// that adds a column to one, and to this list, sets seal to 0.
func Tables() []Table {
	return []Table{
		table("work", "id", "id", `id keeper visibility revision title recipients collections language summary notes end_notes
			chapters_planned complete words posted updated added changed kudos hits comments bookmarks
			source_url source_site source_key no_text_search`),
		table("work_names", "work", "work", "work chapters tags creators series"),
		table("chapter", "work number since", "work", "work number since until title words summary notes end_notes text"),
		table("revision", "work number", "work", "work number changed chapters words why mends head"),
		table("original", "keeper body", "work", "keeper body work revision kind name added withdrawn"),
		table("attachment", "work body", "work", "work body media_type"),
		table("tag", "id", "", "id kind name key merged canonical"),
		table("tag_link", "parent child", "", "parent child sub"),
		table("creator", "id", "", "id name account url key account_key"),
		table("series", "id", "", "id title url key"),
		table("decision", "work", "work", "work content"),
		table("reading", "work revision", "work", "work revision origin chosen"),
		table("work_key", "keeper source_key", "work", "keeper source_key work"),
		table("likeness", "work other", "work", "work other alike of_work of_other apart"),
		table("setting", "key", "", "key value"),
		table("rescue", "id", "", "id keeper key kind version name slogan url language visibility began finished report"),
		table("rescued_work", "rescue key", "", "rescue key work pending featured chapters sum"),
		table("review_list", "work rescue", "work", "work rescue count body"),
		table("rescued_person", "rescue key", "", "rescue key name email bio site joined author account creator"),
		table("rescued_series", "rescue key", "", "rescue key title summary owner open reviews series"),
		table("rescued_part", "rescue series position", "", "rescue series position story child number confirmed"),
		table("rescued_favourite", "rescue person target", "", "rescue person target note"),
		table("rescued_page", "rescue name", "", "rescue name position title text signed written comments"),
	}
}

func table(name, key, work, columns string) Table {
	t := Table{Name: name, Key: strings.Fields(key), Columns: strings.Fields(columns), Work: work}
	t.ask, t.set = t.statements()
	return t
}

// Marks stand where a seal will be.
const (
	Written = 0  // just written: sealed before it is committed
	Older   = -1 // written before rows were sealed: sealed in its turn, by who has time
)

// Sound reports whether the columns of a row are what was sealed, as far as can
// be known: of a row with a mark nothing is.
func Sound(sealed int64, values []any) bool {
	return sealed == Written || sealed == Older || sealed == Of(values)
}

// Of is the seal of a row's columns as a database answers them: numbers, truths,
// texts and bytes. The databases' answers come to the same.
func Of(values []any) int64 {
	b := make([]byte, 0, 512)
	for _, v := range values {
		b = appendValue(b, v)
	}
	sum := sha256.Sum256(b)
	return unmarked(int64(binary.BigEndian.Uint64(sum[:])))
}

// unmarked keeps sums from being taken for marks.
func unmarked(n int64) int64 {
	if n == Written || n == Older {
		return 1
	}
	return n
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, 'x')
	case int64:
		return binary.BigEndian.AppendUint64(append(b, 'n'), uint64(v))
	case bool:
		if v {
			return appendValue(b, int64(1))
		}
		return appendValue(b, int64(0))
	case string:
		b = binary.BigEndian.AppendUint64(append(b, 't'), uint64(len(v)))
		return append(b, v...)
	case []byte:
		b = binary.BigEndian.AppendUint64(append(b, 't'), uint64(len(v)))
		return append(b, v...)
	}
	// A number where text should be, as only damage makes of it.
	return fmt.Appendf(append(b, '?'), "%T %v", v, v)
}

// Scan reads a row of t.Columns and seal, and returns both.
func (t Table) Scan(scan func(...any) error) (values []any, sealed int64, err error) {
	values = make([]any, len(t.Columns))
	into := make([]any, 0, len(values)+1)
	for i := range values {
		into = append(into, &values[i])
	}
	err = scan(append(into, &sealed)...)
	return values, sealed, err
}

// List is the columns as Scan reads them, each with a prefix such as "w.".
func (t Table) List(prefix string) string {
	return prefix + strings.Join(t.Columns, ", "+prefix) + ", " + prefix + "seal"
}

// KeyOf picks the primary key out of values.
func (t Table) KeyOf(values []any) []any {
	return t.pick(values, t.Key...)
}

// WorkOf is the work that a row belongs to, 0 if none.
func (t Table) WorkOf(values []any) int64 {
	if t.Work == "" {
		return 0
	}
	id, _ := t.pick(values, t.Work)[0].(int64)
	return id
}

func (t Table) pick(values []any, names ...string) []any {
	var picked []any
	for _, name := range names {
		for i, c := range t.Columns {
			if c == name {
				picked = append(picked, values[i])
			}
		}
	}
	return picked
}
