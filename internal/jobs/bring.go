package jobs

import (
	"context"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/zipfile"
	"ficstead/internal/intake"
	"ficstead/internal/store"
)

// bringWith brings in what intake reads. A ZIP of files is brought in file by
// file, so that people see how far it is; an EPUB is a ZIP too, but one file.
func bringWith(s *store.Store) bring {
	return func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
		whole := intake.File{Name: f.name, Data: func() ([]byte, error) { return f.data, nil }}
		if !zipfile.Is(f.data) || epub.Is(f.data) {
			return intake.Bring(ctx, s, by, whole, false)
		}
		members, err := intake.Expand(whole)
		var receipts []archive.Receipt
		for _, member := range members {
			if ctx.Err() != nil {
				return receipts
			}
			receipts = append(receipts, intake.Bring(ctx, s, by, member, false)...)
			tell(receipts, len(members))
		}
		if err != nil {
			receipts = append(receipts, refused(f.name, intake.Sentence(err))...)
		}
		return receipts
	}
}
