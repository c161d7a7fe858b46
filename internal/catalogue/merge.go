package catalogue

import (
	"cmp"
	"errors"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// LeftOut reports whether one of these keys, names and addresses stands for
// somebody of whom nothing is to be kept. Nil is nobody.
type LeftOut func(names ...string) bool

// merging joins what is here of a rescued archive with what a dump of it tells.
// An import never takes away what people wrote: what the dump does not have stays.
// Of what both have the dump's is taken, unless the dump is partial or older.
type merging struct {
	Partial bool // the dump is, and something of the archive is here
	Older   bool // than what is here
	// Remapped says that a person chose anew what tags become: a story may lose some.
	Remapped bool

	out  LeftOut
	gone map[string]bool // keys of people who are left out
}

func (m *merging) addsOnly() bool { return m.Partial || m.Older }

func (m *merging) lists(names ...string) bool {
	return m.out != nil && (m.out(names...) || slices.ContainsFunc(names, func(name string) bool { return m.gone[name] }))
}

// joined is all of both, each thing once. join makes one of what is in both; its
// first is the one that counts.
func joined[T any, K comparable](m *merging, here, now []T, key func(T) K, join func(first, second T) T) []T {
	first, second := now, here
	if m.addsOnly() {
		first, second = here, now
	}
	others := make(map[K]T, len(second))
	for _, thing := range slices.Backward(second) {
		others[key(thing)] = thing
	}
	all := make([]T, 0, len(first))
	seen := make(map[K]bool, len(first))
	for _, thing := range first {
		if other, ok := others[key(thing)]; ok && join != nil {
			thing = join(thing, other)
		}
		seen[key(thing)] = true
		all = append(all, thing)
	}
	for _, thing := range second {
		if !seen[key(thing)] {
			seen[key(thing)] = true
			all = append(all, thing)
		}
	}
	return all
}

// merge keeps all of an archive but its stories.
func (m *merging) merge(tx *store.Tx, id archive.RescueID, people []store.RescuedPerson, a archive.Rescued) error {
	for _, step := range [...]func() error{
		func() error { return m.mergePeople(tx, id, people) },
		func() error { return m.mergeSeries(tx, id, a.Series) },
		func() error { return m.mergeFavourites(tx, id, a.Favourites) },
		func() error { return m.mergePages(tx, id, a.Pages) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (m *merging) mergePeople(tx *store.Tx, id archive.RescueID, now []store.RescuedPerson) error {
	here, err := tx.RescuedPeople(id)
	if err != nil {
		return err
	}
	m.gone = map[string]bool{}
	here = slices.DeleteFunc(here, func(p store.RescuedPerson) bool {
		if m.lists(p.Key, p.Name, p.Email) {
			m.gone[p.Key] = true
		}
		return m.gone[p.Key]
	})
	key := func(p store.RescuedPerson) string { return p.Key }
	return tx.SetRescuedPeople(id, joined(m, here, now, key, func(p, other store.RescuedPerson) store.RescuedPerson {
		if !p.Author && other.Author {
			p.Author, p.Account, p.Creator = true, other.Account, other.Creator
		}
		return p
	}))
}

func (m *merging) mergeSeries(tx *store.Tx, id archive.RescueID, now []archive.RescuedSeries) error {
	list, err := tx.RescuedSeriesList(id)
	if err != nil {
		return err
	}
	var here []archive.RescuedSeries
	for _, s := range list {
		if m.lists(s.Owner) {
			s.Owner, s.Summary = "", archive.RescuedSeries{}.Summary
		}
		s.Reviews = m.kept(s.Reviews)
		here = append(here, s.RescuedSeries)
	}
	key := func(s archive.RescuedSeries) string { return s.Key }
	return tx.SetRescuedSeries(id, joined(m, here, now, key, func(s, other archive.RescuedSeries) archive.RescuedSeries {
		s.Reviews = joinedReviews(s.Reviews, other.Reviews)
		s.Parts = joinedParts(s.Parts, other.Parts)
		return s
	}))
}

// joinedParts are first's, and those that only second has, by their numbers.
func joinedParts(first, second []archive.RescuedPart) []archive.RescuedPart {
	type which struct{ story, series string }
	key := func(p archive.RescuedPart) which { return which{p.Story, p.Series} }
	all := joined(&merging{}, second, first, key, nil)
	if len(all) > len(first) {
		slices.SortStableFunc(all, func(a, b archive.RescuedPart) int { return cmp.Compare(a.Number, b.Number) })
	}
	return all
}

func (m *merging) mergeFavourites(tx *store.Tx, id archive.RescueID, now []archive.Favourite) error {
	here, err := tx.Favourites(id, "")
	if err != nil {
		return err
	}
	here = slices.DeleteFunc(here, func(f archive.Favourite) bool { return m.lists(f.Person, f.Of) })
	type which struct{ person, of string }
	key := func(f archive.Favourite) which { return which{f.Person, f.Of} }
	return tx.SetFavourites(id, joined(m, here, now, key, nil))
}

func (m *merging) mergePages(tx *store.Tx, id archive.RescueID, now []archive.RescuedPage) error {
	here, err := tx.Pages(id)
	if err != nil {
		return err
	}
	for i := range here {
		here[i].Comments = m.kept(here[i].Comments)
	}
	key := func(p archive.RescuedPage) string { return p.Name }
	return tx.SetPages(id, joined(m, here, now, key, func(p, other archive.RescuedPage) archive.RescuedPage {
		p.Comments = joinedReviews(p.Comments, other.Comments)
		return p
	}))
}

// kept are the reviews here by those who are not left out.
func (m *merging) kept(list []archive.Review) []archive.Review {
	return slices.DeleteFunc(list, func(r archive.Review) bool { return m.lists(r.Person, r.Name) })
}

// joinedReviews are first's, and those that only second has, by their dates.
func joinedReviews(first, second []archive.Review) []archive.Review {
	all := joined(&merging{}, second, first, reviewKey, nil)
	if len(all) > len(first) {
		slices.SortStableFunc(all, func(a, b archive.Review) int { return a.Written.Compare(b.Written) })
	}
	return all
}

// reviewKey is the key of a review, or all of it if it has none.
func reviewKey(r archive.Review) any {
	if r.Key != "" {
		return r.Key
	}
	return [...]any{r.Chapter, r.Person, r.Name, r.Text.HTML(), r.Written.UnixMicro()}
}

// addReviews adds what readers wrote about a work to what is here.
func (r *Rescue) addReviews(tx *store.Tx, id archive.WorkID, now []archive.Review) error {
	lists, err := tx.ReviewLists(id)
	if err != nil {
		return err
	}
	for _, l := range lists {
		if l.Rescue.ID != r.Archive.ID {
			continue
		}
		if here := r.kept(l.Reviews); r.addsOnly() {
			now = joinedReviews(here, now)
		} else {
			now = joinedReviews(now, here)
		}
	}
	return tx.SetReviews(id, r.Archive.ID, now)
}

// Stays is the note on a receipt of a story that a dump has less of.
const Stays = "This dump has less of the story than is here; it stays as it is."

// stays is the receipt of such a story.
func (r *Rescue) stays(s Story) archive.Receipt {
	return archive.Receipt{Source: s.Key, Kind: s.Manuscript.Kind, Status: archive.StatusSame, Title: s.Manuscript.Title, Work: r.known[s.Key].Work, Warnings: []string{Stays}}
}

// heldBack reports whether a story that is here has something that the candidate
// lacks, where that says nothing: the dump only adds, or the story was not updated
// since. A dump can end between two tables, and look whole.
func (r *Rescue) heldBack(tx *store.Tx, c candidate, s Story) (bool, error) {
	before := r.known[s.Key]
	if before.Work == 0 {
		return false, nil
	}
	known, err := tx.Work(before.Work)
	if errors.Is(err, errs.NotFound) || err == nil && !r.addsOnly() && c.work.Updated.After(known.Updated) {
		return false, nil
	}
	if err != nil || s.Pending && !before.Pending {
		return true, err
	}
	chapters, err := tx.Chapters(known.ID)
	return textsIn(c.chapters) < textsIn(chapters) || lacks(c.work, known) || !r.Remapped && lacksTags(c.work, known), err
}

func textsIn(chapters []archive.Chapter) (n int) {
	for _, c := range chapters {
		if !c.Text.IsEmpty() {
			n++
		}
	}
	return n
}

// lacks reports whether w is without something that known has.
func lacks(w, known archive.Work) bool {
	return w.Kudos < known.Kudos || w.Hits < known.Hits || w.Comments < known.Comments || w.Bookmarks < known.Bookmarks ||
		w.Summary.IsEmpty() && !known.Summary.IsEmpty() || w.Notes.IsEmpty() && !known.Notes.IsEmpty() ||
		isShort(w.Creators, known.Creators, func(c archive.Creator) string { return nameKey(c.Name, c.Account) }) ||
		isShort(w.Series, known.Series, func(p archive.Part) string { return p.Series.Title })
}

// lacksTags reports whether w is without a tag or a collection that known has.
func lacksTags(w, known archive.Work) bool {
	return isShort(w.Tags, known.Tags, func(t archive.Tag) any { return [...]any{t.Kind, t.Name} }) ||
		isShort(w.Collections, known.Collections, func(name string) string { return name })
}

// isShort reports whether a thing of known is not in list.
func isShort[T any, K comparable](list, known []T, key func(T) K) bool {
	return slices.ContainsFunc(known, func(k T) bool {
		return !slices.ContainsFunc(list, func(thing T) bool { return key(thing) == key(k) })
	})
}
