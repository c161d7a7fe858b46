package catalogue

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// A Reader reads a kept file again with what a person said about its mends.
type Reader func(o store.Original, choices archive.Choices) (archive.Manuscript, error)

// A Change is what a person decides about a work in one go.
type Change struct {
	Forget  bool            // all that was said about mends before
	Choices archive.Choices // over what was said before
	Accept  []string        // IDs of proposals
	Decline []string        // IDs of proposals that are not to be made again
}

// Reviewed is what came of a Change.
type Reviewed struct {
	Revision         int    // that the work is at now
	Changed          bool   // there is a new revision
	Why              string // what was changed, a sentence; "" if nothing was
	Undone, Accepted int    // mends
	Lost             []archive.Mend
}

// noOriginal is what is said of works that no file can be read again of.
const noOriginal = "No file is kept with this work, so it cannot be read again in another way."

// attempts is how often a review begins anew because somebody else changed the
// work meanwhile.
const attempts = 5

// Review reads the file again that the present text of a work came from, with
// what a person decides now and decided before, and makes a revision of what
// comes out. If nothing is different there is none, and the decisions are kept
// all the same.
func Review(ctx context.Context, s *store.Store, by archive.Viewer, id archive.WorkID, read Reader, ch Change) (Reviewed, error) {
	for range attempts {
		v, err := loadReview(ctx, s, by, id)
		if err != nil {
			return Reviewed{}, err
		}
		if err := v.decide(ch, read); err != nil {
			return Reviewed{}, err
		}
		done, err := v.keep(ctx, s, by)
		if !errors.Is(err, errs.Conflict) {
			return done, err
		}
	}
	return Reviewed{}, fmt.Errorf("work %d changes all the time: %w", id, errs.Conflict)
}

// review is a work with all that its reading depends on.
type review struct {
	work      archive.Work
	chapters  []archive.Chapter
	mends     []archive.Mend
	decisions archive.Decisions
	reading   archive.Reading
	originals []store.Original // one, or the files that chapters came in one by one

	next struct { // what they are to become
		work      archive.Work
		chapters  []archive.Chapter
		mends     []archive.Mend
		decisions archive.Decisions
		reading   archive.Reading
		pictures  []archive.Attachment
	}
	accepted []archive.Proposal // now
	retell   bool               // nothing changes but what is suggested
}

func loadReview(ctx context.Context, s *store.Store, by archive.Viewer, id archive.WorkID) (*review, error) {
	v := &review{}
	err := s.Read(ctx, func(tx *store.Tx) (err error) {
		if v.work, err = seen(tx, by, id); err != nil {
			return err
		}
		if !by.MayChange(v.work) {
			return refuse(by, v.work, "review")
		}
		return v.load(tx)
	})
	return v, err
}

func (v *review) load(tx *store.Tx) (err error) {
	id := v.work.ID
	if v.chapters, err = tx.Chapters(id); err != nil {
		return err
	}
	if v.mends, err = tx.Mends(id); err != nil {
		return err
	}
	if v.decisions, err = tx.Decisions(id); err != nil {
		return err
	}
	if v.reading, err = tx.ReadingAt(id, v.work.Revision); err != nil {
		return err
	}
	files, err := FilesOf(tx, v.work)
	for _, o := range files {
		if err == nil {
			o, err = tx.Original(id, o.Sum)
		}
		v.originals = append(v.originals, o)
	}
	return err
}

// FilesOf lists the file that the present text of a work was read from, or those
// that its chapters came in one by one, without their data. A work without any is
// an errs.Invalid error that says so.
func FilesOf(tx *store.Tx, w archive.Work) ([]store.Original, error) {
	reading, err := tx.ReadingAt(w.ID, w.Revision)
	if err != nil {
		return nil, err
	}
	files, err := tx.Originals(w.ID)
	if err != nil {
		return nil, err
	}
	var last store.Original
	for _, o := range files { // the latest first: the one that made the revision comes last
		if o.Revision == reading.Origin && o.Revision > 0 {
			last = o
		}
	}
	if last.Sum == "" {
		return nil, errs.Problems{{Field: "original", Message: noOriginal}}
	}
	return partsOf(last, files), nil
}

// decide reads the work again with all that was decided.
func (v *review) decide(ch Change, read Reader) error {
	v.next.decisions = merge(v.decisions, v.mends, ch)
	var parts []archive.Manuscript
	for _, o := range v.originals {
		m, err := read(o, v.next.decisions.Choices)
		if err != nil {
			return err
		}
		parts = append(parts, m)
	}
	m := assemble(parts)
	if err := v.choose(ch, m); err != nil {
		return err
	}
	again, chapters := workOf(v.work.Keeper, m)
	w := v.work
	if pictures(chapters) < pictures(v.chapters) {
		return errs.Problems{{Field: "original", Message: "The pictures of this work came beside its file and are not in it, so reading it again would lose them."}}
	}
	if !again.Summary.IsEmpty() {
		w.Summary = again.Summary
	}
	if !again.Notes.IsEmpty() {
		w.Notes = again.Notes
	}
	if !again.EndNotes.IsEmpty() {
		w.EndNotes = again.EndNotes
	}
	w.Chapters, w.Words = again.Chapters, again.Words
	v.next.work, v.next.chapters = choose(v.next.reading.Chosen, w, chapters)
	v.next.mends, v.next.pictures = m.Mends, m.Attachments
	if err := v.next.work.Check(); err != nil {
		return err
	}
	return archive.CheckChapters(v.next.chapters)
}

func pictures(chapters []archive.Chapter) (n int) {
	for _, c := range chapters {
		n += len(c.Text.Images())
	}
	return n
}

// choose takes the proposals that are accepted now to those chosen before.
func (v *review) choose(ch Change, m archive.Manuscript) error {
	d := &v.next.decisions
	d.Proposals = m.Proposals
	v.next.reading = archive.Reading{Origin: v.reading.Origin, Chosen: slices.Clone(v.reading.Chosen)}
	v.accepted = nil
	known := slices.Concat(v.decisions.Proposals, m.Proposals)
	for _, id := range ch.Accept {
		i := slices.IndexFunc(known, func(p archive.Proposal) bool { return p.ID() == id })
		if i < 0 {
			return errs.Problems{{Field: "accept", Message: "One of the proposals is no longer made. Look at the page again."}}
		}
		if Fits(known[i], v.work) {
			v.accepted = append(v.accepted, known[i])
			v.next.reading.Chosen = append(v.next.reading.Chosen, archive.Chosen{Proposal: known[i], Was: was(known[i], v.work)})
		}
	}
	return nil
}

// merge puts what is decided now over what was decided before. What is said of
// all mends of a rule, or of all, goes before what was said of single ones.
func merge(d archive.Decisions, mends []archive.Mend, ch Change) archive.Decisions {
	next := archive.Decisions{
		Choices: maps.Clone(d.Choices), About: maps.Clone(d.About), Proposals: d.Proposals, Declined: slices.Clone(d.Declined),
	}
	if next.Choices == nil || ch.Forget {
		next.Choices, next.About = archive.Choices{}, map[string]archive.Mend{}
	}
	if next.About == nil {
		next.About = map[string]archive.Mend{}
	}
	for _, key := range slices.Sorted(maps.Keys(ch.Choices)) { // "*" and "rule:…" need no order: they only take away
		rule, ofRule := strings.CutPrefix(key, "rule:")
		if key != "*" && !ofRule {
			continue
		}
		for other := range next.Choices {
			if key == "*" || next.About[other].Rule == rule && next.About[other].Rule != "" {
				delete(next.Choices, other)
				delete(next.About, other)
			}
		}
	}
	for key, yes := range ch.Choices {
		if key == "*" || strings.HasPrefix(key, "rule:") {
			next.Choices[key] = yes
		}
	}
	decideEach(&next, d, mends, ch.Choices)
	for _, id := range ch.Decline {
		if !slices.Contains(next.Declined, id) {
			next.Declined = append(next.Declined, id)
		}
	}
	return next
}

// decideEach takes the choices about single mends. One that says what the rules
// say anyhow is none.
func decideEach(next *archive.Decisions, before archive.Decisions, mends []archive.Mend, choices archive.Choices) {
	seen := map[string]bool{}
	for _, m := range mends {
		id := m.ID()
		yes, ok := choices[id]
		if !ok || seen[id] {
			continue
		}
		seen[id] = true
		proposed := before.Proposed(m)
		delete(next.Choices, id)
		delete(next.About, id)
		if next.Choices.Decide(proposed).Applied != yes {
			next.Choices[id], next.About[id] = yes, proposed
		}
	}
}

// keep writes what decide came to, unless the work is another by now.
func (v *review) keep(ctx context.Context, s *store.Store, by archive.Viewer) (Reviewed, error) {
	done := v.told()
	err := s.Write(ctx, func(tx *store.Tx) error {
		now := &review{}
		var err error
		if now.work, err = seen(tx, by, v.work.ID); err != nil {
			return err
		}
		if now.decisions, err = tx.Decisions(v.work.ID); err != nil {
			return err
		}
		if now.work.Revision != v.work.Revision || !reflect.DeepEqual(now.decisions, v.decisions) {
			return fmt.Errorf("review of work %d: %w", v.work.ID, errs.Conflict)
		}
		if !reflect.DeepEqual(v.decisions, v.next.decisions) {
			if err := tx.SetDecisions(v.work.ID, v.next.decisions); err != nil {
				return err
			}
		}
		done.Revision = now.work.Revision
		switch {
		case done.Changed:
		case v.retell:
			return tx.SetMends(v.work.ID, v.next.mends)
		default:
			return nil
		}
		return v.write(tx, now.work, &done)
	})
	return done, err
}

func (v *review) write(tx *store.Tx, now archive.Work, done *Reviewed) error {
	w := v.next.work
	w.Visibility = now.Visibility // may have changed without a revision
	for _, p := range v.next.pictures {
		if err := tx.AddAttachment(w.ID, p); err != nil {
			return err
		}
	}
	if err := tx.ChangeWork(&w, v.next.chapters, v.next.mends); err != nil {
		return err
	}
	done.Revision = w.Revision
	if err := tx.SetReading(w, v.next.reading); err != nil {
		return err
	}
	return tx.SetWhy(w.ID, done.Why)
}

// told counts what is different.
func (v *review) told() Reviewed {
	done := Reviewed{Lost: v.next.decisions.Lost(v.next.mends)}
	before := map[string]bool{}
	for _, m := range v.mends {
		before[m.ID()] = m.Applied
	}
	same := len(v.mends) == len(v.next.mends)
	for _, m := range v.next.mends {
		was, known := before[m.ID()]
		same = same && known && was == m.Applied
		switch {
		case known && was && !m.Applied:
			done.Undone++
		case known && !was && m.Applied:
			done.Accepted++
		}
	}
	decided := done.Undone + done.Accepted + len(v.accepted)
	if (same || decided == 0) && sameWork(v.work, v.next.work) && slices.EqualFunc(v.chapters, v.next.chapters, sameChapter) {
		v.retell = !same
		return done
	}
	done.Changed, done.Why = true, why(done, v.accepted)
	return done
}

// why is what a review did, as a sentence.
func why(done Reviewed, accepted []archive.Proposal) string {
	var said []string
	if done.Undone > 0 {
		said = append(said, fmt.Sprintf("%d %s undone", done.Undone, plural(done.Undone, "mend", "mends")))
	}
	switch {
	case done.Accepted > 0 && done.Undone > 0:
		said = append(said, fmt.Sprintf("%d accepted", done.Accepted))
	case done.Accepted > 0:
		said = append(said, fmt.Sprintf("%d %s accepted", done.Accepted, plural(done.Accepted, "mend", "mends")))
	}
	var fields []string
	for _, p := range accepted {
		if words := fieldWords(p); !slices.Contains(fields, words) {
			fields = append(fields, words)
		}
	}
	if len(fields) > 0 {
		said = append(said, strings.Join(fields, ", ")+" chosen")
	}
	if len(said) == 0 {
		return "Read again from its file."
	}
	sentence := strings.Join(said, ", ") + "."
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// DecisionsAbout returns what was decided about the work that a manuscript is a
// copy of, so that it can be read in the same way. It is the zero value if
// nothing was, or if the work is new.
func DecisionsAbout(ctx context.Context, s *store.Store, by archive.Viewer, m archive.Manuscript, o Original) (decided archive.Decisions, err error) {
	c, err := newCandidate(by, m, o)
	if err != nil {
		return decided, err
	}
	err = s.Read(ctx, func(tx *store.Tx) error {
		d, err := c.find(tx)
		if err != nil || d.known.ID == 0 {
			return err
		}
		decided, err = tx.Decisions(d.known.ID)
		return err
	})
	return decided, err
}
