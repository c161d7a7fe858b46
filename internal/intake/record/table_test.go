package record

import (
	"fmt"
	"strings"
	"testing"

	"ficstead/internal/base/bounds"
)

// A row of a table costs some allocations, not dozens: a table may have a million.
func TestRowsAreCheap(t *testing.T) {
	const rows = 5_000
	for name, row := range map[string]string{"of one story": "a,the lamp was cold\n", "of a story each": "%d,the lamp was cold\n"} {
		var b strings.Builder
		b.WriteString("title,text\n")
		for i := range rows {
			b.WriteString(strings.ReplaceAll(row, "%d", fmt.Sprint(i)))
		}
		table := []byte(b.String())
		allocations := testing.AllocsPerRun(2, func() {
			if _, err := ParseTable(table); err != nil {
				t.Error(name, err)
			}
		})
		if allocations > 10*rows {
			t.Errorf("%s: %.0f allocations for %d rows", name, allocations, rows)
		}
	}
}

func TestTooManyChaptersInATable(t *testing.T) {
	_, err := ParseTable([]byte("title,text\n" + strings.Repeat("a,b\n", bounds.Chapters+1)))
	if err == nil || !strings.Contains(err.Error(), "smaller parts") {
		t.Error(err)
	}
}
