package check

import (
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/seal"
)

// rowsAtOnce is how many rows one read compares with their seals.
const rowsAtOnce = 1000

// rows compares every sealed row with its seal.
func (c *checker) rows() error {
	for _, t := range seal.Tables() {
		if err := c.unreadable(c.rowsOf(t)); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) rowsOf(t seal.Table) error {
	key, order := t.Key, strings.Join(t.Key, ", ")
	var after []any
	for {
		where, n := "", 0
		if after != nil {
			var places []string
			for i := range key {
				places = append(places, fmt.Sprintf("$%d", i+1))
			}
			where = " WHERE (" + order + ") > (" + strings.Join(places, ", ") + ")"
		}
		err := c.store.Read(c.ctx, func(tx *store.Tx) error {
			return tx.Rows(t.Name, func(scan func(...any) error) error {
				values, sealed, err := t.Scan(scan)
				if err != nil {
					return err
				}
				n++
				after = t.KeyOf(values)
				if !seal.Sound(sealed, values) {
					c.found(odd(t, values))
				}
				return nil
			}, `SELECT `+t.List("")+` FROM `+t.Name+where+` ORDER BY `+order+fmt.Sprintf(" LIMIT %d", rowsAtOnce), after...)
		})
		if err != nil || n < rowsAtOnce {
			return err
		}
	}
}

// called is what people call the rows of tables.
var called = map[string]string{
	"work": "what the work says of itself", "work_names": "what lists show of the work", "chapter": "the heading of a chapter",
	"revision": "the note of a revision", "original": "the note of a file", "attachment": "the note of a picture",
	"tag": "a tag", "tag_link": "the place of a tag below another", "creator": "the name of a creator", "series": "the name of a series",
	"decision": "what was decided about a work", "reading": "how a work was read", "work_key": "what a source calls a work",
	"likeness": "what was said of two works that are alike", "setting": "a setting",
}

// odd is the damage of a row that is not as it was sealed.
func odd(t seal.Table, values []any) Damage {
	kind := Row
	if t.Name == "work_names" {
		kind = Names
	}
	name := called[t.Name]
	if name == "" {
		kind, name = Rescued, "what came with a rescued archive"
	}
	what := fmt.Sprintf("A row was changed on the disk: %s (%s %v).", name, t.Name, keyText(t.KeyOf(values)))
	if id := t.WorkOf(values); id > 0 {
		return New(kind, what, archive.WorkID(id))
	}
	return New(kind, what)
}

// keyText spells a key without what people may have written.
func keyText(key []any) string {
	var parts []string
	for _, k := range key {
		if n, ok := k.(int64); ok {
			parts = append(parts, fmt.Sprint(n))
		}
	}
	return strings.Join(parts, ", ")
}
