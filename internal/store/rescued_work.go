package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"ficstead/internal/archive"
)

// RescuedWork is what became of one story of a rescued archive.
type RescuedWork struct {
	Key      string         // at the old archive
	Work     archive.WorkID // 0 if it was removed here
	Pending  bool
	Featured bool
	Chapters []int  // the numbers that its chapters had in old addresses; nil where 1, 2, 3 …
	Sum      string // of all that was read of it, whatever the caller makes it of
}

const rescuedWorkColumns = `key, work, pending, featured, chapters, sum`

func scanRescuedWork(row scanner) (w RescuedWork, err error) {
	var chapters string
	var sum []byte
	if err := row.Scan(&w.Key, &w.Work, &w.Pending, &w.Featured, &chapters, &sum); err != nil {
		return w, err
	}
	w.Sum = string(sum)
	if chapters != "" {
		err = json.Unmarshal([]byte(chapters), &w.Chapters)
	}
	return w, err
}

// RescuedWork returns what became of the story with a key.
func (tx *Tx) RescuedWork(id archive.RescueID, key string) (RescuedWork, error) {
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+rescuedWorkColumns+` FROM rescued_work WHERE rescue = $1 AND key = $2`, id, short(key))
	w, err := scanRescuedWork(row)
	return w, tx.fail(fmt.Sprintf("rescued work %.60q", key), err)
}

// RescuedWorks returns what became of all stories of a rescued archive, by key.
func (tx *Tx) RescuedWorks(id archive.RescueID) (map[string]RescuedWork, error) {
	works := map[string]RescuedWork{}
	err := tx.each("rescued works", func(row scanner) error {
		w, err := scanRescuedWork(row)
		works[w.Key] = w
		return err
	}, `SELECT `+rescuedWorkColumns+` FROM rescued_work WHERE rescue = $1`, id)
	return works, err
}

// LatestRescued is when a work that is here only of a rescued archive was last
// updated there; 1970 if none was.
func (tx *Tx) LatestRescued(id archive.RescueID) (time.Time, error) {
	var latest int64
	err := tx.one("latest rescued work", []any{&latest}, `SELECT coalesce(max(w.updated), 0)
		FROM rescued_work r JOIN work w ON w.id = r.work AND w.source_key = r.key WHERE r.rescue = $1`, id)
	return time.UnixMicro(max(latest, 0)).UTC(), err
}

// SetRescuedWork notes what became of a story, for the first time or anew.
func (tx *Tx) SetRescuedWork(id archive.RescueID, w RescuedWork) error {
	what := fmt.Sprintf("rescued work %.60q", w.Key)
	chapters := ""
	if len(w.Chapters) > 0 {
		text, err := json.Marshal(w.Chapters)
		if err != nil {
			return err
		}
		chapters = string(text)
	}
	if err := checkText(what, w.Key); err != nil {
		return err
	}
	return tx.exec(what, `INSERT INTO rescued_work (rescue, key, work, pending, featured, chapters, sum) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (rescue, key) DO UPDATE SET seal = 0, work = excluded.work, pending = excluded.pending, featured = excluded.featured,
			chapters = excluded.chapters, sum = excluded.sum`,
		id, short(w.Key), w.Work, w.Pending, w.Featured, chapters, []byte(w.Sum))
}

// dropRescued forgets what came along with a work, and remembers that it was
// there and is not wanted.
func (tx *Tx) dropRescued(id archive.WorkID) error {
	if err := tx.exec("remove reviews", `DELETE FROM review_list WHERE work = $1`, id); err != nil {
		return err
	}
	return tx.exec("remove rescued work", `UPDATE rescued_work SET seal = 0, work = 0 WHERE work = $1`, id)
}

// moveRescued makes one work what another was to rescued archives, with its reviews.
func (tx *Tx) moveRescued(from, to archive.WorkID) error {
	moving, err := tx.ReviewLists(from)
	if err != nil {
		return err
	}
	there, err := tx.ReviewLists(to)
	if err != nil {
		return err
	}
	for _, l := range moving {
		var all []archive.Review
		for _, t := range there {
			if t.Rescue.ID == l.Rescue.ID {
				all = t.Reviews
			}
		}
		if err := tx.SetReviews(to, l.Rescue.ID, append(all, l.Reviews...)); err != nil {
			return err
		}
	}
	return tx.exec("move rescued work", `UPDATE rescued_work SET seal = 0, work = $2 WHERE work = $1`, from, to)
}

// ReviewList is what readers of one rescued archive wrote about a work.
type ReviewList struct {
	Rescue  Rescue
	Reviews []archive.Review
}

// review is an archive.Review as it is stored.
type review struct {
	Key     string `json:"key"`
	Chapter int    `json:"chapter,omitempty"`
	Person  string `json:"person,omitempty"`
	Name    string `json:"name,omitempty"`
	Text    string `json:"text,omitempty"`
	Answer  string `json:"answer,omitempty"`
	Rating  int    `json:"rating,omitempty"`
	Written int64  `json:"written"`
}

func packReviews(list []archive.Review) ([]byte, error) {
	if len(list) == 0 {
		return nil, nil
	}
	stored := make([]review, len(list))
	for i, r := range list {
		stored[i] = review{r.Key, r.Chapter, r.Person, r.Name, r.Text.HTML(), r.Answer.HTML(), r.Rating, r.Written.UnixMicro()}
	}
	return json.Marshal(stored)
}

func unpackReviews(content []byte) ([]archive.Review, error) {
	if len(content) == 0 {
		return nil, nil
	}
	var stored []review
	if err := json.Unmarshal(content, &stored); err != nil {
		return nil, fmt.Errorf("reviews (%w): %w", err, Damaged)
	}
	list := make([]archive.Review, len(stored))
	for i, r := range stored {
		list[i] = archive.Review{Key: r.Key, Chapter: r.Chapter, Person: r.Person, Name: r.Name, Text: doc(r.Text), Answer: doc(r.Answer), Rating: r.Rating, Written: moment(r.Written)}
	}
	return list, nil
}

// SetReviews makes list what the readers of a rescued archive wrote about a work.
func (tx *Tx) SetReviews(work archive.WorkID, id archive.RescueID, list []archive.Review) error {
	what := fmt.Sprintf("reviews of work %d", work)
	content, err := packReviews(list)
	if err != nil {
		return err
	}
	old, err := tx.reviewBodies(work, id)
	if err != nil {
		return err
	}
	bodies, err := tx.keepBodies(work, content)
	if err != nil {
		return err
	}
	if slices.Equal(old, bodies) || len(old) == 0 && len(list) == 0 {
		return nil
	}
	if err := tx.log(work, 0); err != nil {
		return err
	}
	if err := tx.exec(what, `DELETE FROM review_list WHERE work = $1 AND rescue = $2`, work, id); err != nil {
		return err
	}
	if err := tx.letGo(work, old); err != nil {
		return err
	}
	if len(list) == 0 {
		return nil
	}
	return tx.exec(what, `INSERT INTO review_list (work, rescue, count, body) VALUES ($1, $2, $3, $4)`, work, id, len(list), bodies[0])
}

func (tx *Tx) reviewBodies(work archive.WorkID, id archive.RescueID) (bodies []bodyID, err error) {
	err = tx.each("reviews", func(row scanner) error {
		var body bodyID
		err := row.Scan(&body)
		bodies = append(bodies, body)
		return err
	}, `SELECT body FROM review_list WHERE work = $1 AND rescue = $2`, work, id)
	return bodies, err
}

// letGo ends a work's hold on bodies that were lists of reviews, and nothing else.
func (tx *Tx) letGo(work archive.WorkID, bodies []bodyID) error {
	for _, body := range bodies {
		if body == 0 {
			continue
		}
		err := tx.exec("let go", `DELETE FROM hold WHERE work = $1 AND body = $2
			AND NOT EXISTS (SELECT 1 FROM review_list l WHERE l.work = $1 AND l.body = $2)`, work, body)
		if err != nil {
			return err
		}
	}
	return tx.dropBodies(bodies)
}

// ReviewLists returns what readers of rescued archives wrote about a work.
func (tx *Tx) ReviewLists(work archive.WorkID) (lists []ReviewList, err error) {
	what := fmt.Sprintf("reviews of work %d", work)
	var bodies []bodyID
	err = tx.each(what, func(row scanner) error {
		var l ReviewList
		var body bodyID
		err := row.Scan(&l.Rescue.ID, &body)
		lists, bodies = append(lists, l), append(bodies, body)
		return err
	}, `SELECT rescue, body FROM review_list WHERE work = $1 ORDER BY rescue`, work)
	if err != nil || len(lists) == 0 {
		return nil, err
	}
	contents, err := tx.bodies(what, bodies...)
	if err != nil {
		return nil, err
	}
	for i := range lists {
		if lists[i].Rescue, err = tx.Rescue(lists[i].Rescue.ID); err != nil {
			return nil, err
		}
		if lists[i].Reviews, err = unpackReviews(contents[bodies[i]]); err != nil {
			return nil, err
		}
	}
	return lists, nil
}
