package intake

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/bagit"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/zipfile"
	"ficstead/internal/catalogue"
	"ficstead/internal/intake/record"
	"ficstead/internal/store"
)

// The files of a work in a bag of ours.
const (
	bagStory    = "story.json"
	bagMetadata = "metadata.jsonld"
)

// Bag returns the works in a bag, after all of it was compared with its sums: of
// one that we wrote each as it was, with the files that it was read from; of any
// other the files in it.
func Bag(ctx context.Context, name string, files bagit.Files) ([]File, error) {
	bag, err := bagit.Validate(ctx, files)
	if invalid, ok := errors.AsType[bagit.Invalid](err); ok {
		return nil, archive.Refusal("This bag is not as it was made. " + strings.Join(invalid[:min(len(invalid), 3)], " ") + " Copy it again from where it came.")
	}
	if err != nil {
		return nil, err
	}
	var works []File
	for _, file := range bag.Payload {
		if path.Base(file) == bagStory && slices.Contains(bag.Payload, path.Dir(file)+"/"+bagMetadata) {
			works = append(works, parcel(name, path.Dir(file), files))
		}
	}
	if len(works) > 0 {
		return works, nil
	}
	for _, file := range bag.Payload {
		if !isJunk(file) {
			works = append(works, File{Name: name + "!" + file, Data: func() ([]byte, error) { return files.Read(file) }})
		}
	}
	return works, nil
}

// parcel is the work in a folder of a bag. It is read when its turn comes.
func parcel(name, dir string, files bagit.Files) File {
	f := File{Name: name + "!" + dir + "/" + bagStory}
	f.parcel = func() (m archive.Manuscript, o catalogue.Original, rest []store.Original, err error) {
		data, err := files.Read(dir + "/" + bagStory)
		if err != nil {
			return m, o, nil, err
		}
		o = catalogue.Original{Name: f.Name, Data: data}
		story, err := record.ParseStory(data)
		if err != nil {
			return m, o, nil, err
		}
		m = story.Manuscript(nil)
		originals, err := originalsOf(dir, files)
		if err != nil || len(originals) == 0 {
			return m, o, nil, err
		}
		first := originals[0]
		m.Kind, o = first.Kind, catalogue.Original{Name: first.Name, Data: first.Data}
		return m, o, originals[1:], nil
	}
	return f
}

// originalsOf are the files that a work was read from, the latest first.
func originalsOf(dir string, files bagit.Files) (originals []store.Original, err error) {
	data, err := files.Read(dir + "/" + bagMetadata)
	if err != nil {
		return nil, err
	}
	about, err := record.ParseLinked(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", bagMetadata, err, errs.Invalid)
	}
	for _, l := range about.Files {
		if !l.Original {
			continue
		}
		// Reading is by names that stand in the bag: there is no path to follow.
		data, err := files.Read(dir + "/" + path.Clean("/" + l.Path)[1:])
		if err != nil {
			return nil, err
		}
		originals = append(originals, store.Original{Kind: l.Kind, Name: l.Name, Data: data})
	}
	return originals, nil
}

// bringParcel brings in a work as it was in a bag.
func bringParcel(ctx context.Context, s *store.Store, by archive.Viewer, f File, keep keeper, dryRun bool) (r archive.Receipt) {
	defer func() {
		if fault := recover(); fault != nil {
			r = refused(f.Name, fmt.Sprintf("%s (%v)", broken, fault))
		}
	}()
	m, o, rest, err := f.parcel()
	if err != nil {
		return refused(f.Name, Sentence(err))
	}
	r, err = keep(ctx, s, by, m, o)
	if err == nil && r.Status == archive.StatusNew && !dryRun && len(rest) > 0 {
		err = s.Write(ctx, func(tx *store.Tx) error {
			for _, one := range rest {
				one.Work = r.Work
				if err := tx.AddOriginal(one); err != nil && !errors.Is(err, errs.Conflict) {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		r = refused(f.Name, unkept(err))
		r.Kind, r.Title = m.Kind, m.Title
		return r
	}
	r.Source = f.Name
	return r
}

// zipBag is a bag in a ZIP, in a folder of its own or not; nil if there is none.
func zipBag(z *zipfile.Archive) bagit.Files {
	for _, f := range z.Files {
		if path.Base(f.Name) == "bagit.txt" && strings.Count(f.Name, "/") <= 1 {
			return inZIP{z, strings.TrimSuffix(f.Name, "bagit.txt")}
		}
	}
	return nil
}

// inZIP is a bag below a folder of a ZIP.
type inZIP struct {
	zip    *zipfile.Archive
	folder string // "" or with a slash at its end
}

// Names are those of all its files. What is outside of its folder is none of it.
func (z inZIP) Names() (names []string) {
	for _, f := range z.zip.Files {
		if name, ok := strings.CutPrefix(f.Name, z.folder); ok {
			names = append(names, name)
		}
	}
	return names
}

func (z inZIP) Read(name string) ([]byte, error) {
	f := z.zip.File(z.folder + name)
	if f == nil || f.Name != z.folder+name {
		return nil, fmt.Errorf("%s: %w", name, errs.NotFound)
	}
	return f.Read(MaxFile)
}
