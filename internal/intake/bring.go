package intake

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/bagit"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
)

// File is something to bring in: a file, or a member of a ZIP. Data is called
// when its turn comes, so that a batch need not be in memory.
type File struct {
	Name string // path or name, with "archive.zip!inside/name.html" for members
	Data func() ([]byte, error)

	// Beside finds a file that stands beside a page, by how the page names it: its
	// pictures are saved so. It may be nil.
	Beside func(src string) []byte

	// parcel reads a work that a bag has as it was, instead of Data.
	parcel func() (archive.Manuscript, catalogue.Original, []store.Original, error)
}

// Bring reads one file, or each file in a ZIP, and has the catalogue keep it
// for a person: each is one transaction, and gets one receipt. It never fails:
// what is not taken in says so on its receipt. When ctx ends it returns what was
// done; bringing the same again does the rest, and finds what was done the same.
// With dryRun nothing is stored, and the receipts say what would have been.
func Bring(ctx context.Context, s *store.Store, by archive.Viewer, f File, dryRun bool) []archive.Receipt {
	f.Name = strings.ToValidUTF8(f.Name, "\uFFFD") // old disks have names in old encodings
	members, err := Expand(f)
	return bringAll(ctx, s, by, f.Name, members, err, dryRun)
}

// BringBag is Bring for a bag that stands in a folder, or in a ZIP that is too large
// to be read at once.
func BringBag(ctx context.Context, s *store.Store, by archive.Viewer, name string, files bagit.Files, dryRun bool) []archive.Receipt {
	members, err := Bag(ctx, name, files)
	return bringAll(ctx, s, by, name, members, err, dryRun)
}

// bringAll brings in the files that were found in one of a name, and tells err of it.
func bringAll(ctx context.Context, s *store.Store, by archive.Viewer, name string, members []File, err error, dryRun bool) (receipts []archive.Receipt) {
	keep := catalogue.Keep
	if dryRun {
		keep = catalogue.Foresee
	}
	for _, member := range members {
		if ctx.Err() != nil {
			return receipts
		}
		if member.parcel != nil {
			receipts = append(receipts, bringParcel(ctx, s, by, member, keep, dryRun))
			continue
		}
		receipts = append(receipts, bringOne(ctx, s, by, member, keep))
	}
	if err != nil {
		receipts = append(receipts, refused(name, Sentence(err)))
	}
	return receipts
}

type keeper func(context.Context, *store.Store, archive.Viewer, archive.Manuscript, catalogue.Original) (archive.Receipt, error)

// bringOne brings in one file. Read recovers from faults of readers; whatever
// happens after it is caught here, so that the batch goes on.
func bringOne(ctx context.Context, s *store.Store, by archive.Viewer, f File, keep keeper) (r archive.Receipt) {
	defer func() {
		if fault := recover(); fault != nil {
			r = refused(f.Name, fmt.Sprintf("%s (%v)", broken, fault))
		}
	}()
	data, err := f.Data()
	if err != nil {
		return refused(f.Name, unopened(err))
	}
	m, _, err := readToKeep(f.Name, data, nil, f.Beside)
	if err != nil {
		return refused(f.Name, Sentence(err))
	}
	o := catalogue.Original{Name: f.Name, Data: data}
	decided, err := catalogue.DecisionsAbout(ctx, s, by, m, o)
	if err == nil && len(decided.Choices) > 0 { // a copy of a work that somebody has reviewed
		m, _, err = readToKeep(f.Name, data, decided.Choices, f.Beside)
	}
	if err == nil {
		r, err = keep(ctx, s, by, m, o)
	}
	if err != nil {
		r = refused(f.Name, unkept(err))
		r.Kind, r.Title, r.Later = m.Kind, m.Title, s.IsUnwell(err)
		return r
	}
	if lost := decided.Lost(m.Mends); len(lost) > 0 && r.Status == archive.StatusUpdated {
		r.Warnings = append(r.Warnings, lostWords(len(lost)))
	}
	return r
}

func refused(name, sentence string) archive.Receipt {
	return archive.Receipt{Source: name, Status: archive.StatusRefused, Error: sentence}
}

// proposed returns the likeliest value for a field, or "".
func proposed(m archive.Manuscript, field string) (value string) {
	best := 0.0
	for _, p := range m.Proposals {
		if p.Field == field && p.Confidence > best {
			value, best = p.Value, p.Confidence
		}
	}
	return value
}

// unopened says why the bytes of a file could not be had: its reader's sentence,
// or what the system said.
func unopened(err error) string {
	if errors.Is(err, errs.Invalid) || isZIP(err) {
		return Sentence(err)
	}
	return fmt.Sprintf("The file could not be opened. Check that it is there and that you may read it (%v).", err)
}

// unkept says why the catalogue did not keep a manuscript.
func unkept(err error) string {
	var problems errs.Problems
	switch {
	case errors.As(err, &problems):
		var said []string
		for _, p := range problems {
			said = append(said, p.Message)
		}
		return strings.Join(said, " ")
	case errors.Is(err, errs.SignIn):
		return "Sign in to bring works in."
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "This was cut off before it was kept. Bring the file in again."
	}
	return fmt.Sprintf("The archive could not keep this; nothing of it is in. Bring it in again, and check the disk if that fails too (%v).", err)
}
