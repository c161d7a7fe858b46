package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/base/shingle"
)

// tooMany is how many works may share a hash before it says nothing: it is of a
// disclaimer that everybody copies.
const tooMany = 200

// keepShingles makes the sample of a work's chapters what works are found by
// that are like it.
func (tx *Tx) keepShingles(id archive.WorkID, cs []archive.Chapter) error {
	if err := tx.exec("forget shingles", `DELETE FROM shingle WHERE work = $1`, id); err != nil {
		return err
	}
	var rows [][]any
	for _, hash := range tx.sampleOf(cs) {
		rows = append(rows, []any{hash, id})
	}
	return tx.insert("shingles of work", "shingle (hash, work)", rows, "")
}

// sampled are chapters and their sample.
type sampled struct {
	of     []archive.Chapter
	sample []int64
}

// sampleOf is sampleOf for who may have asked just now: a work is first looked
// for by its sample, and then kept with it.
func (tx *Tx) sampleOf(cs []archive.Chapter) []int64 {
	same := func(a, b archive.Chapter) bool { return a.Text.Equal(b.Text) }
	if len(cs) == 0 || !slices.EqualFunc(tx.sampled.of, cs, same) {
		tx.sampled = sampled{slices.Clone(cs), sampleOf(cs)}
	}
	return tx.sampled.sample
}

// sampleOf is the sample of all chapters, each once. The database has signed
// numbers only.
func sampleOf(cs []archive.Chapter) []int64 {
	var sample []int64
	for _, c := range cs {
		for _, hash := range shingle.Sample(c.Text.Text()) {
			sample = append(sample, int64(hash))
		}
	}
	slices.Sort(sample)
	return slices.Compact(sample)
}

// WorksLike returns the works that may have text in common with chapters, at
// most limit, the most likely first. Whether they have only a
// comparison tells.
func (tx *Tx) WorksLike(cs []archive.Chapter, limit int) ([]archive.WorkID, error) {
	sample := tx.sampleOf(cs)
	sharers, err := tx.sharers(sample)
	if err != nil {
		return nil, err
	}
	signs, shared := map[archive.WorkID]float64{}, map[archive.WorkID]int{}
	for _, hash := range slices.Sorted(maps.Keys(sharers)) { // in one order, so that sums are the same
		for _, work := range sharers[hash] {
			signs[work] += 1 / float64(len(sharers[hash])) // what few works share says more
			shared[work]++
		}
	}
	unlikely := func(sizes map[archive.WorkID]int) {
		maps.DeleteFunc(signs, func(work archive.WorkID, _ float64) bool {
			return !shingle.Likely(shared[work], len(sample), sizes[work])
		})
	}
	unlikely(nil) // whatever their sizes are
	sizes, err := tx.sampleSizes(slices.Sorted(maps.Keys(signs)))
	if err != nil {
		return nil, err
	}
	unlikely(sizes)
	works := slices.SortedFunc(maps.Keys(signs), func(a, b archive.WorkID) int {
		return cmp.Or(cmp.Compare(signs[b], signs[a]), cmp.Compare(a, b))
	})
	return works[:min(len(works), limit)], nil
}

// sharers returns the works that have hashes, of each that not too many have: a
// large archive has some in every work, and would answer with all of them.
func (tx *Tx) sharers(sample []int64) (map[int64][]archive.WorkID, error) {
	sharers := map[int64][]archive.WorkID{}
	err := eachIn(tx, "works like others", sample, func(row scanner) error {
		var hash int64
		var work archive.WorkID
		err := row.Scan(&hash, &work)
		sharers[hash] = append(sharers[hash], work)
		return err
	}, `WITH asked (hash) AS (VALUES (*))
		SELECT s.hash, s.work FROM (SELECT DISTINCT hash FROM asked) a JOIN shingle s ON s.hash = a.hash
		WHERE NOT EXISTS (SELECT 1 FROM shingle o WHERE o.hash = a.hash LIMIT 1 OFFSET `+strconv.Itoa(tooMany)+`)`)
	return sharers, err
}

// sampleSizes returns how many hashes stand for works.
func (tx *Tx) sampleSizes(works []archive.WorkID) (sizes map[archive.WorkID]int, err error) {
	sizes = map[archive.WorkID]int{}
	err = eachIn(tx, "samples of works", works, func(row scanner) error {
		var work archive.WorkID
		var n int
		err := row.Scan(&work, &n)
		sizes[work] = n
		return err
	}, `SELECT work, count(hash) FROM shingle WHERE work IN (*) GROUP BY work`)
	return sizes, err
}

// inTenThousand is what shares are multiplied by to be kept.
const inTenThousand = 10_000

// SetLikeness keeps what a comparison found; archive.Different forgets it. What
// a person said about the two works stays.
func (tx *Tx) SetLikeness(l archive.Likeness) error {
	if l.Work > l.Other {
		l = l.Turned()
	}
	if l.Alike == archive.Different {
		return tx.exec("likeness", `DELETE FROM likeness WHERE work = $1 AND other = $2`, l.Work, l.Other)
	}
	err := tx.exec("likeness", `INSERT INTO likeness (work, other, alike, of_work, of_other, apart) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (work, other) DO UPDATE SET seal = 0, alike = excluded.alike, of_work = excluded.of_work, of_other = excluded.of_other`,
		l.Work, l.Other, l.Alike, int64(l.OfWork*inTenThousand), int64(l.OfOther*inTenThousand), l.Apart)
	if err != nil {
		return err
	}
	return tx.logBoth(l.Work, l.Other)
}

// logBoth tells followers of two works: their pages say what they are like.
func (tx *Tx) logBoth(a, b archive.WorkID) error {
	if err := tx.log(a, 0); err != nil {
		return err
	}
	return tx.log(b, 0)
}

// SetApart says that two works that are alike are both to be kept, or takes it back.
func (tx *Tx) SetApart(work, other archive.WorkID, apart bool) error {
	err := tx.exec("likeness", `UPDATE likeness SET seal = 0, apart = $3 WHERE work = $1 AND other = $2`,
		min(work, other), max(work, other), apart)
	if err != nil {
		return err
	}
	return tx.logBoth(work, other)
}

// Likenesses returns what is known of the works that are like one, most alike first.
func (tx *Tx) Likenesses(id archive.WorkID) (likenesses []archive.Likeness, err error) {
	err = tx.each("likenesses", func(row scanner) error {
		var l archive.Likeness
		var work, other int64
		err := row.Scan(&l.Work, &l.Other, &l.Alike, &work, &other, &l.Apart)
		l.OfWork, l.OfOther = float64(work)/inTenThousand, float64(other)/inTenThousand
		if l.Work != id {
			l = l.Turned()
		}
		likenesses = append(likenesses, l)
		return err
	}, `SELECT work, other, alike, of_work, of_other, apart FROM likeness WHERE work = $1 OR other = $1`, id)
	slices.SortFunc(likenesses, func(a, b archive.Likeness) int {
		return cmp.Or(cmp.Compare(b.OfWork+b.OfOther, a.OfWork+a.OfOther), cmp.Compare(a.Other, b.Other))
	})
	return likenesses, err
}

// forgetLikeness removes what a work is found by and what it is like.
func (tx *Tx) forgetLikeness(id archive.WorkID) error {
	for _, statement := range []string{
		`DELETE FROM shingle WHERE work = $1`, `DELETE FROM likeness WHERE work = $1 OR other = $1`, `DELETE FROM work_key WHERE work = $1`,
	} {
		if err := tx.exec("forget likenesses", statement, id); err != nil {
			return err
		}
	}
	return nil
}

// shinglesLeft is the setting that says up to which work no samples are taken:
// the migration that brought them found works.
const shinglesLeft = "shingles.left"

// FillShingles takes the samples of up to limit works that came in before
// samples were taken, and reports whether more are left.
func (tx *Tx) FillShingles(limit int) (more bool, err error) {
	setting, err := tx.Setting(shinglesLeft)
	if err != nil || setting == "" {
		return false, err
	}
	left, err := strconv.ParseInt(setting, 10, 64)
	if err != nil {
		return false, fmt.Errorf("setting %s: %w", shinglesLeft, err)
	}
	var ids []archive.WorkID
	err = tx.each("works without shingles", func(row scanner) error {
		var id archive.WorkID
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM work WHERE id <= $1 ORDER BY id DESC LIMIT $2`, left, limit)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		cs, err := tx.Chapters(id)
		if err != nil {
			return false, err
		}
		if err := tx.keepShingles(id, cs); err != nil {
			return false, err
		}
		left = int64(id) - 1
	}
	if len(ids) < limit {
		return false, tx.SetSetting(shinglesLeft, "")
	}
	return true, tx.SetSetting(shinglesLeft, strconv.FormatInt(left, 10))
}
