// Package samples holds about thirty short works, written for Ficstead, so
// that a newcomer's first page is alive.
//
// They come in by the same door as everything else: Load hands the files in
// stories/ to intake. To add one, put a file there.
package samples

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"ficstead/internal/archive"
	"ficstead/internal/intake"
	"ficstead/internal/store"
)

//go:embed stories
var stories embed.FS

// Files returns the sample files by name, in order.
func Files() ([]intake.File, error) {
	entries, err := fs.ReadDir(stories, "stories")
	if err != nil {
		return nil, fmt.Errorf("samples: %w", err)
	}
	var files []intake.File
	for _, entry := range entries {
		name := entry.Name()
		files = append(files, intake.File{
			Name: name,
			Data: func() ([]byte, error) { return stories.ReadFile("stories/" + name) },
		})
	}
	return files, nil
}

// Load brings every sample in for by. What is there already stays as it is.
func Load(ctx context.Context, s *store.Store, by archive.Viewer) error {
	files, err := Files()
	if err != nil {
		return err
	}
	for _, file := range files {
		for _, receipt := range intake.Bring(ctx, s, by, file, false) {
			if receipt.Status == archive.StatusRefused {
				return fmt.Errorf("sample %s: %s", receipt.Source, receipt.Error)
			}
		}
	}
	return nil
}
