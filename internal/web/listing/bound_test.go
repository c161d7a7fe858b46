package listing

import (
	"net/url"
	"strings"
	"testing"

	"ficstead/internal/find"
)

func TestBound(t *testing.T) {
	for name, c := range map[string]struct {
		query string
		page  int
		told  int
	}{
		"usual": {"tea -coffee", 3, 0}, "long": {strings.Repeat("lamp ", 2000), 1, 1}, "brackets": {strings.Repeat("(", 1000), 1, 1}, "letters of three bytes": {strings.Repeat("魚", 1000), 1, 1},
		"no such page": {"tea", 1_000_000_000_000_000_000, 1}, "both": {strings.Repeat("x", 2000), 1 << 40, 2}, "just fits": {strings.Repeat("x", MaxQuery), 1, 0},
	} {
		q, told := Bound(find.Question{Query: c.query, Page: c.page}, MaxQuery)
		if len(told) != c.told || len(url.QueryEscape(q.Query)) > MaxQuery || !strings.HasPrefix(c.query, q.Query) || q.Page > maxPage || c.told == 0 && q.Query != c.query {
			t.Errorf("%s: %d bytes of page %d, %v", name, len(q.Query), q.Page, told)
		}
	}
}
