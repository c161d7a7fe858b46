package find

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// normal is the one question of all that ask the same: lists in order and
// without doubles, the query in its normal form, its order among the
// parameters. It returns what was typed besides, and what was wrong with it.
func (q Question) normal() (Question, query.Q, []Problem) {
	typed, problems := query.Parse(q.Query)
	typed.Q = query.Normal(typed.Q)
	q.Query = query.Query{Q: typed.Q}.String()
	q.Include, q.Any, q.Exclude, q.Focus = distinct(q.Include), distinct(q.Any), distinct(q.Exclude), distinct(q.Focus)
	q.Languages = slices.Compact(slices.Sorted(slices.Values(q.Languages)))
	q.Sort, q.Dir = cmp.Or(q.Sort, typed.Sort), cmp.Or(q.Dir, typed.Dir)
	if _, ok := query.ParseSort(string(q.Sort)); !ok {
		q.Sort = ""
	}
	if q.Sort != query.Random {
		q.Seed = 0
	}
	if q.After == Start {
		q.After, q.Page = "", 1
	}
	q.Page, q.Per = max(1, q.Page), cmp.Or(max(0, q.Per), pageSizes[0])
	if q.Now.IsZero() {
		q.Now = time.Now()
	}
	return q, typed.Q, problems
}

// key spells what a normal question asks for, but not in what order: whatever
// has the same key has the same works, counts and problems.
func (q Question) key() string {
	day := query.DayOf(q.Now)
	q.Sort, q.Dir, q.Seed, q.Page, q.Per, q.After = "", "", 0, 0, 0, ""
	return strconv.Itoa(int(day)) + " " + q.Values().Encode()
}

// place spells which of the works are listed, and in what order of theirs.
func (q Question) place(sort Sort, dir Dir) string {
	return fmt.Sprint(" ", sort, dir, q.Seed, " ", q.Page, " ", q.Per, " ", q.After)
}

// audience names those who see the same works as v.
func (s *state) audience(ctx context.Context, v archive.Viewer) (string, error) {
	if v.Person == 0 {
		return fmt.Sprint("guest ", v.Moderator), nil
	}
	person := fmt.Sprint("person ", v.Person, v.Moderator)
	return cached(ctx, s.answers, person, func() (string, int, error) {
		own := index.Or{index.Visibility(archive.Private)}
		if !v.Moderator {
			own = append(own, index.Visibility(archive.Hidden))
		}
		alone, err := s.Find(ctx, v, own)
		if err != nil {
			return "", 0, err
		}
		if alone.Total() == 0 {
			return fmt.Sprint("member ", v.Moderator), 100, nil
		}
		return person, 100, nil
	})
}
