package listing

import (
	"strings"

	"ficstead/internal/find"
)

// maxQuery bounds what is asked in words, in bytes. A page of a list holds some
// eighty links with the whole question in each.
const maxQuery = 1000

// Bound cuts a question that is too long for that, and tells.
func Bound(q find.Question) (find.Question, []find.Problem) {
	if len(q.Query) <= maxQuery {
		return q, nil
	}
	q.Query = strings.ToValidUTF8(q.Query[:maxQuery], "")
	return q, []find.Problem{{Field: "q", Message: "The question is too long. Only its beginning was asked; what is in the search box is what was asked."}}
}
