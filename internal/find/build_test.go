package find

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
)

func TestReindexTellsHowFarItIs(t *testing.T) {
	s, _ := filled(t, 120)
	var steps []Step
	f, err := Reindex(t.Context(), s, Options{Snapshot: filepath.Join(t.TempDir(), "index"), Progress: func(p Progress) {
		steps = append(steps, p.Step)
		if p.Done > p.All || p.Step == ReadingWorks && p.All < 120 {
			t.Errorf("%d of %d works are read", p.Done, p.All)
		}
	}})
	if err != nil || f.Len() != 120 {
		t.Fatal(f.Len(), err)
	}
	if want := []Step{ReadingTags, ReadingWorks, PuttingInOrder, Keeping}; !slices.Equal(slices.Compact(steps), want) {
		t.Errorf("steps are %v, want %v", steps, want)
	}
}

func TestReindexEndsAtOnce(t *testing.T) {
	s, _ := filled(t, 20)
	for _, step := range []Step{ReadingTags, ReadingWorks, PuttingInOrder, Keeping} {
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan bool)
		_, err := Reindex(ctx, s, Options{Snapshot: filepath.Join(t.TempDir(), "index"), Progress: func(p Progress) {
			if p.Step == step && ctx.Err() == nil {
				cancel()
				<-release // as if what comes took long
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("step %d: %v", step, err)
		}
		close(release)
	}
}
