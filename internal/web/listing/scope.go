package listing

import (
	"net/url"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
)

// A Scope is what a listing is of: everything, a tag, a creator, a language. It
// is in the path of the address, so the parameters leave it out.
type Scope struct {
	Path    string
	Heading string
	Lead    string // what the heading is the name of
	About   []About

	Tag      archive.TagID
	Creator  archive.CreatorID
	Language string
}

// Narrow adds the scope to a question.
func (sc Scope) Narrow(q find.Question) find.Question {
	if sc.Tag != 0 && !slices.Contains(q.Include, sc.Tag) {
		q.Include = append(slices.Clone(q.Include), sc.Tag)
	}
	if sc.Creator != 0 {
		q.Creator = sc.Creator
	}
	if sc.Language != "" && !slices.Contains(q.Languages, sc.Language) {
		q.Languages = append(slices.Clone(q.Languages), sc.Language)
	}
	return q
}

// holds reports whether a question is within the scope.
func (sc Scope) holds(q find.Question) bool {
	return (sc.Tag == 0 || slices.Contains(q.Include, sc.Tag)) && (sc.Creator == 0 || q.Creator == sc.Creator) &&
		(sc.Language == "" || slices.Contains(q.Languages, sc.Language))
}

// Href is the address of a question: within the scope if it still is, among
// all works if it is not.
func (sc Scope) Href(q find.Question) string {
	if !sc.holds(q) {
		return address.With("/works", q.Values())
	}
	return address.With(sc.Path, sc.Values(q))
}

// Values are the parameters of a question without the scope.
func (sc Scope) Values(q find.Question) url.Values {
	if sc.Tag != 0 {
		q.Include = without(q.Include, sc.Tag)
	}
	if sc.Creator != 0 {
		q.Creator = 0
	}
	if sc.Language != "" {
		q.Languages = without(q.Languages, sc.Language)
	}
	return q.Values()
}

// without returns list less one value, and never changes list.
func without[T comparable](list []T, value T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return v == value })
}
