package listing

import (
	"fmt"
	"net/url"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
)

// What is asked in words is bounded as it stands in an address, in bytes, because
// pages hold it many times: a list in some eighty links, a page of facets in 240.
const (
	MaxQuery      = 1000
	MaxFacetQuery = 400
)

// maxPage is beyond the last page of any archive.
const maxPage = 1_000_000

// maxTags is how many tags a question takes, for the same reason.
const maxTags = 50

// Bound cuts a question in words that is longer than most, takes one for a page
// that no list has for the first, and tells.
func Bound(q find.Question, most int) (find.Question, []find.Problem) {
	var problems []find.Problem
	if q.Page > maxPage {
		q.Page = 1
		problems = append(problems, find.Problem{Field: "page", Message: "No list has that many pages. This is the first."})
	}
	if cut := fitting(q.Query, most); cut < len(q.Query) {
		q.Query = strings.ToValidUTF8(q.Query[:cut], "")
		problems = append(problems, find.Problem{Field: "q", Message: "The question is too long. Only its beginning was asked; what is in the search box is what was asked."})
	}
	room := maxTags
	for _, list := range []*[]archive.TagID{&q.Include, &q.Any, &q.Focus, &q.Exclude} {
		if len(*list) > room {
			*list = (*list)[:room:room]
			problems = append(problems, find.Problem{Field: "include", Message: fmt.Sprintf("A question takes %d tags. The others were left out.", maxTags)})
		}
		room -= len(*list)
	}
	return q, problems
}

// fitting is how many bytes of s stand in most bytes of an address.
func fitting(s string, most int) int {
	if len(s) <= most/len("%28") {
		return len(s)
	}
	for i := range len(s) {
		if most -= len(url.QueryEscape(s[i : i+1])); most < 0 {
			return i
		}
	}
	return len(s)
}
