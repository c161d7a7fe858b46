package catalogue

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// Rescue is an archive that is being brought in whole: begun, story by story
// kept, and ended. A Rescue that was begun twice goes on where the first left off.
type Rescue struct {
	Archive store.Rescue // the zero ID where nothing is to be stored

	store    *store.Store
	by       archive.Viewer
	known    map[string]store.RescuedWork
	works    map[archive.WorkID]bool // that are here of it
	accounts map[string]string       // of people, by key
	merging
}

// BeginRescue keeps all of an archive but its stories, and takes nothing away that
// is here of it, but what is by those who are out. key is what the keys of all its
// things begin with. Its works will be restricted until they are opened.
func BeginRescue(ctx context.Context, s *store.Store, by archive.Viewer, key string, a archive.Rescued, out LeftOut) (*Rescue, error) {
	if !by.MayBringIn() {
		return nil, fmt.Errorf("rescue %q: %w", key, errs.SignIn)
	}
	r := &Rescue{store: s, by: by, accounts: map[string]string{}, merging: merging{out: out}, Archive: store.Rescue{
		Keeper: by.Person, Key: key, Kind: a.Kind, Version: a.Version, Site: a.Site, Visibility: archive.Restricted,
	}}
	err := s.Write(ctx, func(tx *store.Tx) error {
		if err := tx.EnsureRescue(&r.Archive); err != nil {
			return err
		}
		if err := r.load(tx, a); err != nil {
			return err
		}
		people, err := r.settle(tx, a.People)
		if err != nil {
			return err
		}
		return r.merge(tx, r.Archive.ID, people, a)
	})
	return r, err
}

// load learns what is here of the archive.
func (r *Rescue) load(tx *store.Tx, a archive.Rescued) (err error) {
	r.known, err = tx.RescuedWorks(r.Archive.ID)
	if err != nil {
		return err
	}
	latest, err := tx.LatestRescued(r.Archive.ID)
	r.Older = !a.Latest.IsZero() && a.Latest.Before(latest.Truncate(day))
	r.Partial = a.Partial && len(r.known) > 0
	r.works = map[archive.WorkID]bool{}
	for _, w := range r.known {
		r.works[w.Work] = true
	}
	return err
}

// ForeseeRescue is BeginRescue that changes nothing, for ForeseeStories.
func ForeseeRescue(ctx context.Context, s *store.Store, by archive.Viewer, key string, a archive.Rescued, out LeftOut) (*Rescue, error) {
	if !by.MayBringIn() {
		return nil, fmt.Errorf("rescue %q: %w", key, errs.SignIn)
	}
	r := &Rescue{store: s, by: by, accounts: map[string]string{}, merging: merging{out: out}}
	err := s.Read(ctx, func(tx *store.Tx) (err error) {
		r.Archive, err = tx.RescueByKey(by.Person, key)
		if errors.Is(err, errs.NotFound) {
			r.Archive = store.Rescue{Keeper: by.Person, Key: key, Kind: a.Kind, Site: a.Site, Visibility: archive.Restricted}
		} else if err != nil {
			return err
		}
		if err := r.load(tx, a); err != nil {
			return err
		}
		_, err = r.settle(tx, a.People)
		return err
	})
	return r, err
}

// settle finds out who of the old archive's people shares a name with somebody
// else, here or there, and gives them an account to be told apart by. Who was
// here before stays as they are.
func (r *Rescue) settle(tx *store.Tx, people []archive.RescuedPerson) ([]store.RescuedPerson, error) {
	before := map[string]store.RescuedPerson{}
	known, err := tx.RescuedPeople(r.Archive.ID)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, p := range known {
		before[p.Key] = p
		r.accounts[p.Key] = p.Account
		taken[nameKey(p.Name, p.Account)] = p.Author
	}
	var settled []store.RescuedPerson
	for _, p := range people {
		old, ok := before[p.Key]
		s := store.RescuedPerson{RescuedPerson: p, Account: old.Account, Creator: old.Creator}
		if p.Author && (!ok || !old.Author) {
			if s.Account, err = r.account(tx, p, taken); err != nil {
				return nil, err
			}
			taken[nameKey(p.Name, s.Account)] = true
		}
		r.accounts[p.Key] = s.Account
		settled = append(settled, s)
	}
	return settled, nil
}

func nameKey(name, account string) string {
	return strings.ToLower(name) + "\x00" + strings.ToLower(account)
}

// account is what tells a person from others of that name, "" where there is none.
func (r *Rescue) account(tx *store.Tx, p archive.RescuedPerson, taken map[string]bool) (string, error) {
	if taken[nameKey(p.Name, "")] {
		return "member " + p.Key[strings.LastIndex(p.Key, ":")+1:], nil
	}
	creator, err := tx.CreatorByName(p.Name)
	if errors.Is(err, errs.NotFound) || err == nil && creator.Account != "" {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	_, host, _ := strings.Cut(r.Archive.Key, ":")
	site := archive.ParseSource(creator.URL).Site
	if site != "" && !strings.HasPrefix(host, site) {
		return host, nil // a creator of another site
	}
	others, err := tx.PeopleOfCreator(creator.ID)
	for _, other := range others {
		if other.Rescue != r.Archive.ID {
			return host, err
		}
	}
	return "", err
}

// Settle gives the creators of a story the accounts that tell them from others.
// It comes before mending, which takes out names that are there twice.
func (r *Rescue) Settle(s *archive.RescuedStory) {
	for i, key := range s.People {
		if i < len(s.Manuscript.Creators) && s.Manuscript.Creators[i].Account == "" {
			s.Manuscript.Creators[i].Account = r.accounts[key]
		}
	}
}

// A Story is one story of the archive: mended, and with the sum of what it was
// before that.
type Story struct {
	archive.RescuedStory
	Sum string
}

// SumOf is the sum of all that an archive tells of a story: where it is the same
// as when the story was last brought in, there is nothing new in it.
func SumOf(s archive.RescuedStory) string {
	h := sha256.New()
	m := s.Manuscript
	put(h, s.Original, m.Title, m.Tags, m.Creators, m.Series, m.Collections, m.Posted, m.Updated, s.Pending, s.Featured, s.OldChapters)
	for _, r := range s.Reviews {
		put(h, nil, r.Key, r.Chapter, r.Person, r.Name, r.Text.HTML(), r.Answer.HTML(), r.Rating, r.Written)
	}
	return string(h.Sum(nil))
}

func put(h hash.Hash, data []byte, things ...any) {
	h.Write(data)
	_ = json.NewEncoder(h).Encode(things) // of names, numbers and times, into memory
}

// Known reports what is here of a story, if there is anything.
func (r *Rescue) Known(key string) (store.RescuedWork, bool) {
	w, ok := r.known[key]
	return w, ok
}

// KeepStories keeps stories in one transaction, and returns a receipt for each. A
// story that cannot be kept says so on its receipt.
func (r *Rescue) KeepStories(ctx context.Context, stories []Story) ([]archive.Receipt, error) {
	receipts := make([]archive.Receipt, len(stories))
	err := r.store.Write(ctx, func(tx *store.Tx) error {
		for i, s := range stories {
			var err error
			if receipts[i], err = r.keep(tx, s); err != nil {
				return fmt.Errorf("%s: %w", s.Key, err)
			}
		}
		return nil
	})
	return receipts, err
}

// ForeseeStories says what KeepStories would, and changes nothing.
func (r *Rescue) ForeseeStories(ctx context.Context, stories []Story) ([]archive.Receipt, error) {
	receipts := make([]archive.Receipt, len(stories))
	err := r.store.Read(ctx, func(tx *store.Tx) error {
		for i, s := range stories {
			c, err := r.candidate(s)
			if err != nil {
				receipts[i] = refusal(s, err)
				continue
			}
			held, err := r.heldBack(tx, c, s)
			if err != nil {
				return err
			}
			if held {
				receipts[i] = r.stays(s)
				continue
			}
			d, err := c.decideRescued(tx, r.known[s.Key])
			if err != nil {
				return err
			}
			receipts[i] = c.receipt(d, d.known.ID)
			receipts[i].Source = s.Key
		}
		return nil
	})
	return receipts, err
}

// candidate is a story in the shape of a work of this archive's.
func (r *Rescue) candidate(s Story) (candidate, error) {
	name := strings.NewReplacer(":", "-", "/", "-").Replace(s.Key) + ".json"
	c, err := newCandidate(r.by, s.Manuscript, Original{Name: name, Data: s.Original})
	c.work.Visibility, c.apart = r.Archive.Visibility, r.works
	if s.Pending {
		c.work.Visibility = archive.Private
	}
	return c, err
}

func refusal(s Story, err error) archive.Receipt {
	receipt := archive.Receipt{Source: s.Key, Kind: s.Manuscript.Kind, Status: archive.StatusRefused, Title: s.Manuscript.Title, Error: err.Error()}
	if problems, ok := errors.AsType[errs.Problems](err); ok {
		var said []string
		for _, p := range problems {
			said = append(said, p.Message)
		}
		receipt.Error = strings.Join(said, " ")
	}
	return receipt
}

// keep keeps one story with its reviews.
func (r *Rescue) keep(tx *store.Tx, s Story) (archive.Receipt, error) {
	c, err := r.candidate(s)
	if err != nil {
		return refusal(s, err), nil
	}
	known := r.known[s.Key]
	held, err := r.heldBack(tx, c, s)
	if err != nil {
		return archive.Receipt{}, err
	}
	if held {
		return r.stays(s), r.addReviews(tx, known.Work, s.Reviews)
	}
	d, err := c.decideRescued(tx, known)
	if err != nil {
		return archive.Receipt{}, err
	}
	receipt, err := c.carryOut(tx, d)
	if err != nil {
		return receipt, err
	}
	receipt.Source = s.Key
	r.works[receipt.Work] = true
	err = tx.SetRescuedWork(r.Archive.ID, store.RescuedWork{
		Key: s.Key, Work: receipt.Work, Pending: s.Pending, Featured: s.Featured || r.addsOnly() && known.Featured, Chapters: oldChapters(s.OldChapters), Sum: s.Sum,
	})
	if err == nil {
		err = r.addReviews(tx, receipt.Work, s.Reviews)
	}
	if at := archive.ParseSource(s.Manuscript.Source.URL); at.Key != "" && at.Key != s.Manuscript.Source.Key && err == nil {
		err = tx.AddWorkKey(receipt.Work, shortKey(at.Key)) // where an archive has addresses that are not its keys
	}
	if approved := known.Work != 0 && known.Pending && !s.Pending; approved && d.known.Visibility == archive.Private && err == nil {
		err = tx.SetVisibility(receipt.Work, r.Archive.Visibility)
	}
	return receipt, err
}

// oldChapters are the numbers that chapters had in addresses, nil where they are
// 1, 2, 3 and so on.
func oldChapters(chapters []archive.OldChapter) (places []int) {
	plain := true
	for i, c := range chapters {
		places = append(places, c.Place)
		plain = plain && c.Place == i+1
	}
	if plain {
		return nil
	}
	return places
}

// decideRescued is decide for a story: what was made of it here when it came
// before is what it is compared with, whatever its work is called by now.
func (c candidate) decideRescued(tx *store.Tx, before store.RescuedWork) (decision, error) {
	if before.Work == 0 {
		return c.decide(tx)
	}
	known, err := tx.Work(before.Work)
	if errors.Is(err, errs.NotFound) { // removed while this runs
		return c.decide(tx)
	}
	if err != nil {
		return decision{}, err
	}
	chapters, err := tx.Chapters(known.ID)
	if err != nil {
		return decision{}, err
	}
	d := decision{verdict: newer, known: known, form: true, rescued: true}
	switch {
	case c.work.Updated.Before(known.Updated.Truncate(day)):
		d.verdict = older
	case sameWork(known, c.work) && sameChapters(chapters, c.chapters):
		d.verdict = equal
	}
	if _, err := tx.WorkByOriginal(c.work.Keeper, c.sum); err == nil {
		withdrawn, err := tx.IsWithdrawn(c.work.Keeper, c.sum)
		d.held = !withdrawn
		return d, err
	} else if !errors.Is(err, errs.NotFound) {
		return d, err
	}
	return d, nil
}

// End binds people and series to those that the works name, and keeps the report.
func (r *Rescue) End(ctx context.Context, report []byte) error {
	return r.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.BindPeople(r.Archive.ID); err != nil {
			return err
		}
		list, err := tx.RescuedSeriesList(r.Archive.ID)
		if err != nil {
			return err
		}
		for _, s := range list {
			owner, err := tx.RescuedPerson(r.Archive.ID, s.Owner)
			if err != nil && !errors.Is(err, errs.NotFound) {
				return err
			}
			if err := tx.BindSeries(s, r.seriesURL(s.Key), owner.Name); err != nil {
				return err
			}
		}
		return tx.FinishRescue(r.Archive.ID, report)
	})
}

// seriesURL is where a series was, as its works name it.
func (r *Rescue) seriesURL(key string) string {
	if r.Archive.Kind != "efiction" || r.Archive.Site.URL == "" {
		return ""
	}
	return r.Archive.Site.URL + "/viewseries.php?seriesid=" + key[strings.LastIndex(key, ":")+1:]
}

// OpenRescue says who may see the works of a rescued archive, all at once: those
// that were pending, and those that somebody made private or hid, stay as they
// are. It returns how many works changed.
func OpenRescue(ctx context.Context, s *store.Store, by archive.Viewer, id archive.RescueID, v archive.Visibility) (changed int, err error) {
	err = s.Write(ctx, func(tx *store.Tx) error {
		r, err := tx.Rescue(id)
		switch {
		case err != nil:
			return err
		case !by.MaySee(r.Keeper, r.Visibility):
			return fmt.Errorf("rescued archive %d: %w", id, errs.NotFound)
		case !by.MayOpen(r.Keeper) || v != archive.Restricted && v != archive.Public:
			return fmt.Errorf("open rescued archive %d: %w", id, errs.Forbidden)
		}
		changed, err = tx.ShowRescue(id, v)
		return err
	})
	return changed, err
}

// succeed is the candidate with what only the archive knows of its work: all else
// is as the old archive tells it now, and what that does not say was taken out.
func (c candidate) succeed(known archive.Work) archive.Work {
	w := c.work
	w.ID, w.Keeper, w.Visibility, w.Revision = known.ID, known.Keeper, known.Visibility, known.Revision
	w.Added, w.Changed = known.Added, known.Changed
	return w
}

func sameChapters(a, b []archive.Chapter) bool { return slices.EqualFunc(a, b, sameChapter) }
