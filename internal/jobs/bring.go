package jobs

import (
	"context"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/zipfile"
	"ficstead/internal/intake"
	"ficstead/internal/store"
)

// bringWith brings in what intake reads. A ZIP of files is brought in file by
// file, so that people see how far it is; an EPUB is a ZIP too, but one file.
func bringWith(s *store.Store) bring {
	heavy := make(gate, 1)
	return func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
		whole := intake.File{Name: f.name, Data: func() ([]byte, error) { return f.data, nil }}
		if !zipfile.Is(f.data) || epub.Is(f.data) {
			return heavy.bring(ctx, s, by, whole)
		}
		members, err := intake.Expand(whole)
		var receipts []archive.Receipt
		for _, member := range members {
			if ctx.Err() != nil {
				return receipts
			}
			receipts = append(receipts, heavy.bring(ctx, s, by, member)...)
			tell(receipts, len(members))
		}
		if err != nil {
			receipts = append(receipts, refused(f.name, intake.Sentence(err))...)
		}
		return receipts
	}
}

// A gate lets one heavy file through at a time. Reading takes up to sixty bytes
// of memory for each of text, so that two long texts at once might take a small
// server down; short ones pass beside.
type gate chan struct{}

func (g gate) bring(ctx context.Context, s *store.Store, by archive.Viewer, f intake.File) []archive.Receipt {
	data, err := f.Data()
	f.Data = func() ([]byte, error) { return data, err }
	if len(data) >= bounds.Heavy {
		select {
		case g <- struct{}{}:
			defer func() { <-g }()
		case <-ctx.Done():
			return nil
		}
	}
	return intake.Bring(ctx, s, by, f, false)
}
