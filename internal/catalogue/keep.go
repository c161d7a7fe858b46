package catalogue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// Original is the file that a manuscript was read from.
type Original struct {
	Name string // path or name, with "archive.zip!inside/name.html" for members
	Data []byte
}

// Keep brings a manuscript into the archive, or finds that it is here, and says
// which on the receipt. A manuscript that cannot be kept is an errs.Invalid
// error with sentences. New works are private: only their keeper sees them.
func Keep(ctx context.Context, s *store.Store, by archive.Viewer, m archive.Manuscript, o Original) (archive.Receipt, error) {
	c, err := newCandidate(by, m, o)
	if err != nil {
		return archive.Receipt{}, err
	}
	var r archive.Receipt
	err = s.Write(ctx, func(tx *store.Tx) (err error) {
		r, err = c.keep(tx)
		return err
	})
	return r, err
}

// Foresee says what Keep would, and changes nothing. The work of a new one is 0.
func Foresee(ctx context.Context, s *store.Store, by archive.Viewer, m archive.Manuscript, o Original) (archive.Receipt, error) {
	c, err := newCandidate(by, m, o)
	if err != nil {
		return archive.Receipt{}, err
	}
	var d decision
	err = s.Read(ctx, func(tx *store.Tx) (err error) {
		d, err = c.decide(tx)
		return err
	})
	return c.receipt(d, d.known.ID), err
}

// candidate is a manuscript in the shape of a work.
type candidate struct {
	by          archive.Viewer
	work        archive.Work
	chapters    []archive.Chapter
	numbers     []int // of chapters, where they are some of the work's
	posted      int   // how many there are of those, 0 if unknown
	mends       []archive.Mend
	attachments []archive.Attachment
	proposals   []archive.Proposal
	warnings    []string
	kind        string
	original    Original
	sum         string                  // of the original
	apart       map[archive.WorkID]bool // what it is not compared with: its site knows why it has both
}

func newCandidate(by archive.Viewer, m archive.Manuscript, o Original) (candidate, error) {
	if !by.MayBringIn() {
		return candidate{}, fmt.Errorf("bring in %q: %w", o.Name, errs.SignIn)
	}
	sum := sha256.Sum256(o.Data)
	c := candidate{
		by: by, mends: m.Mends, attachments: m.Attachments, proposals: m.Proposals, warnings: m.Warnings, kind: m.Kind,
		original: o, sum: hex.EncodeToString(sum[:]),
	}
	c.work, c.chapters = workOf(by.Person, m)
	if c.numbers = numbersOf(m); c.numbers != nil {
		c.kind, c.posted = c.kind+partKind, m.ChaptersPosted
	}
	c.warnings = append(c.warnings[:len(c.warnings):len(c.warnings)], tidy(&c.work, o.Name)...)
	if err := c.work.Check(); err != nil {
		return candidate{}, err
	}
	return c, archive.CheckChapters(c.chapters)
}

// decision is what is to be done with a candidate.
type decision struct {
	verdict verdict
	known   archive.Work     // zero if the candidate is new
	held    bool             // the very file is kept already
	form    bool             // the known text came in the same format
	twin    string           // the title of the work that has the same text
	shared  bool             // its address is that of another work
	rescued bool             // its archive tells all there is of it
	chosen  []archive.Chosen // what a person chose for the known work
	likes   []like           // works here that the candidate's text is like
	whole   *whole           // what the known work is with the candidate's chapters in it, if they are some of its
}

// decide says what is to be done, and what a new text is like.
func (c candidate) decide(tx *store.Tx) (decision, error) {
	d, err := c.find(tx)
	if err == nil && (d.verdict == unknown || d.verdict == twin || d.verdict == newer) {
		d.likes, err = findLikes(tx, c.by, c.chapters, d.known.ID, c.apart)
	}
	return d, err
}

// find looks for what the archive knows of the candidate: the very file
// first, and then what its source calls the same work.
func (c candidate) find(tx *store.Tx) (decision, error) {
	known, err := tx.WorkByOriginal(c.work.Keeper, c.sum)
	if err == nil {
		if withdrawn, err := tx.IsWithdrawn(c.work.Keeper, c.sum); err != nil || !withdrawn {
			return decision{verdict: equal, known: known, held: true}, err
		}
		return c.compare(tx, known)
	}
	if errors.Is(err, errs.NotFound) {
		known, err = tx.WorkBySource(c.work.Keeper, c.work.Source.Key)
	}
	if errors.Is(err, errs.NotFound) {
		return c.findTwin(tx)
	}
	if err != nil {
		return decision{}, err
	}
	reading, err := tx.ReadingAt(known.ID, known.Revision)
	if err != nil {
		return decision{}, err
	}
	if c.work.Source.IsAddress() && !titled(known, reading.Chosen, c.work.Title) {
		d, err := c.findTwin(tx) // two works that their site gives one address
		d.shared = true
		return d, err
	}
	return c.compare(tx, known)
}

func (c candidate) compare(tx *store.Tx, known archive.Work) (decision, error) {
	chapters, err := tx.Chapters(known.ID)
	if err != nil {
		return decision{}, err
	}
	if c.numbers != nil {
		return c.placeIn(tx, known, chapters)
	}
	originals, err := tx.Originals(known.ID)
	if err != nil {
		return decision{}, err
	}
	reading, err := tx.ReadingAt(known.ID, known.Revision)
	form := sameForm(originals, c.kind)
	work, its := choose(reading.Chosen, c.work, c.chapters)
	return decision{verdict: judge(known, chapters, work, its, form), known: known, form: form, chosen: reading.Chosen}, err
}

// sameForm reports whether the text that is read now came in this format: two
// formats of one text never come out quite alike.
func sameForm(originals []store.Original, kind string) bool {
	last := 0
	for _, o := range originals {
		if !o.Withdrawn {
			last = max(last, o.Revision)
		}
	}
	return last == 0 || slices.ContainsFunc(originals, func(o store.Original) bool {
		return !o.Withdrawn && o.Revision == last && o.Kind == kind
	})
}

// keep does what decide says, and keeps the file whatever it says: even an
// older copy may hold what no revision here does.
func (c candidate) keep(tx *store.Tx) (archive.Receipt, error) {
	d, err := c.decide(tx)
	if err != nil {
		return archive.Receipt{}, err
	}
	return c.carryOut(tx, d)
}

// carryOut does what was decided.
func (c candidate) carryOut(tx *store.Tx, d decision) (_ archive.Receipt, err error) {
	w := d.known
	switch d.verdict {
	case unknown, twin:
		if w = c.work; d.shared {
			w.Source.Key = ""
		}
		all := c.alone()
		w.Complete = w.Complete && len(c.gaps(all.chapters)) == 0
		err = tx.AddWork(&w, all.chapters, all.mends)
	case newer:
		w, err = c.replace(tx, d)
	}
	if err == nil {
		err = keepLikes(tx, w.ID, d.likes)
	}
	if err == nil && !d.held {
		err = c.keepFiles(tx, w, d.verdict)
	}
	if err == nil && d.verdict.isRead() {
		err = c.keepProposals(tx, w.ID)
	}
	return c.receipt(d, w.ID), err
}

// replace makes the candidate a new revision of the work that is here.
func (c candidate) replace(tx *store.Tx, d decision) (archive.Work, error) {
	why := "A newer copy was brought in: %s."
	if d.whole != nil {
		c.work = c.among(d.known)
		c.work.Complete = c.work.Complete && len(c.gaps(d.whole.chapters)) == 0
		c.chapters, c.mends, why = d.whole.chapters, d.whole.mends, "Chapters of it were brought in: %s."
	}
	c.work, c.chapters = choose(d.chosen, c.work, c.chapters)
	w := inherit(d.known, c.work, d.form)
	if d.rescued {
		w = c.succeed(d.known)
	}
	if err := tx.ChangeWork(&w, c.chapters, c.mends); err != nil {
		return w, err
	}
	return w, tx.SetWhy(w.ID, fmt.Sprintf(why, c.original.Name))
}

func (c candidate) keepFiles(tx *store.Tx, w archive.Work, v verdict) error {
	beside := v == older || v == other
	if len(c.original.Data) > 0 {
		o := store.Original{Work: w.ID, Revision: w.Revision, Kind: c.kind, Name: c.original.Name, Data: c.original.Data}
		if beside {
			o.Revision = 0
		}
		if err := tx.AddOriginal(o); err != nil {
			return err
		}
	}
	if beside {
		return nil // its pictures belong to a text that is not read
	}
	for _, a := range c.attachments {
		if err := tx.AddAttachment(w.ID, a); err != nil {
			return err
		}
	}
	return nil
}

// keepProposals notes what the file proposes, for a person to look at.
func (c candidate) keepProposals(tx *store.Tx, id archive.WorkID) error {
	d, err := tx.Decisions(id)
	if err != nil || len(d.Proposals) == 0 && len(c.proposals) == 0 {
		return err
	}
	d.Proposals = c.proposals
	return tx.SetDecisions(id, d)
}

// mostLikes is how many works that are like it a receipt names.
const mostLikes = 3

// receipt says what was decided.
func (c candidate) receipt(d decision, id archive.WorkID) archive.Receipt {
	r := archive.Receipt{
		Source: c.original.Name, Kind: c.kind, Status: d.verdict.status(), Work: id, Title: c.work.Title,
		Mends: c.mends, Warnings: c.warnings,
	}
	if d.verdict == twin {
		r.Warnings = append(r.Warnings[:len(r.Warnings):len(r.Warnings)],
			fmt.Sprintf("The same text is here as “%s”; both are kept. Discard one if they are the same work.", d.twin))
	}
	more := 0
	for _, l := range d.likes {
		sentence := l.warning()
		if sentence == "" || d.verdict != unknown || c.ofOneSite(l.source) {
			continue
		}
		r.Status = l.status(r.Status)
		if more++; more <= mostLikes {
			r.Warnings = append(r.Warnings[:len(r.Warnings):len(r.Warnings)], sentence)
		}
	}
	if more -= mostLikes; more > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("And %d more like this are here; the page of the work names them.", more))
	}
	if sentence := c.partWarning(d); sentence != "" {
		r.Warnings = append(r.Warnings[:len(r.Warnings):len(r.Warnings)], sentence)
	}
	if sentence := d.verdict.warning(); sentence != "" {
		r.Warnings = append(r.Warnings[:len(r.Warnings):len(r.Warnings)], sentence)
	}
	return r
}
