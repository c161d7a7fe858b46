package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"ficstead/torture/site"
	"ficstead/torture/tale"
)

// backUp writes a backup while others change the archive, and restores it.
func (w *world) backUp(r *rand.Rand) {
	must := map[string]bool{} // what was there when it began
	for _, name := range w.shelf.Names() {
		if t := w.shelf.Tale(name); t.Sure() && t.May[0].Here() && t.ID != 0 {
			must[tale.Title(name)] = true
		}
	}
	dir := w.folder()
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "backup")
	ended := w.shell(silent, "backup", file)
	if _, err := os.Stat(file); err != nil {
		if ended {
			w.unsound("backup: %v", err)
		}
		return
	}
	restored := w.Archive
	restored.Database, restored.Dir = "", filepath.Join(dir, "data")
	if r.IntN(3) == 0 {
		w.killRestore(restored, file, r)
	} else if _, err := restored.Run("restore", file); err != nil {
		w.unsound("a backup does not restore: %v", err)
		return
	}
	if said, err := restored.Run("check"); err != nil {
		w.unsound("what was restored: %v%s", err, said)
		return
	}
	listed, err := restored.List()
	if err != nil {
		w.unsound("what was restored: %v", err)
	}
	there := map[string]int{}
	for _, l := range listed {
		if there[l.Title]++; there[l.Title] > 1 {
			w.tell(site.Finding{Kind: site.Doubled, What: l.Title + " in a backup"})
		}
	}
	for title := range must {
		t := w.shelf.Tale(tale.NameOf(title))
		if there[title] == 0 && t.Sure() && t.May[0].Here() { // else it was removed meanwhile
			w.tell(site.Finding{Kind: site.Lost, What: title + " in a backup"})
		}
	}
}

// killRestore kills a restore, which must then go through, or have come to its end.
func (w *world) killRestore(restored site.Archive, file string, r *rand.Rand) {
	p, err := restored.Start("restore", file)
	if err != nil {
		w.unsound("%v", err)
		return
	}
	kill := moments(r, 30)
	select {
	case <-p.Done():
	case <-kill:
		p.Kill()
	}
	p.Wait()
	if _, err := restored.Run("restore", file); err != nil {
		if said, damaged := restored.Run("check"); damaged != nil {
			w.unsound("after a restore was killed neither restoring (%v) nor what is there works: %v%s", err, damaged, said)
		}
	}
}

// end looks at all of an archive when it is through, and at what becomes of it in
// a backup.
func (w *world) end(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := w.begin(ctx); err != nil {
		w.unsound("%v", err)
		return nil
	}
	w.tell(site.Observe(ctx, w.Archive, w.server, w.shelf, true)...)
	if err := w.server.Stop(); err != nil {
		w.unsound("the server was told to stop: %v: %s", err, w.server.Complaints())
	}
	if _, err := w.Run("reindex"); err != nil {
		w.unsound("%v", err)
	}
	if said, err := w.Run("check"); err != nil {
		w.unsound("%v%s", err, said)
	}
	if w.backup && w.sum.broken() == 0 {
		w.keepAway(ctx)
	}
	if w.sum.broken() == 0 {
		os.RemoveAll(filepath.Dir(w.Dir))
	}
	return ctx.Err()
}

// keepAway backs the archive up, restores it elsewhere and compares all of it.
func (w *world) keepAway(ctx context.Context) {
	file := filepath.Join(filepath.Dir(w.Dir), "last-backup")
	if _, err := w.Run("backup", file); err != nil {
		w.unsound("%v", err)
		return
	}
	restored := w.Archive
	restored.Database, restored.Dir = "", filepath.Join(filepath.Dir(w.Dir), "restored")
	if _, err := restored.Run("restore", file); err != nil {
		w.unsound("%v", err)
		return
	}
	if said, err := restored.Run("check"); err != nil {
		w.unsound("what was restored: %v%s", err, said)
		return
	}
	w.tell(look(ctx, restored, w.shelf.Copy())...)
	var exports [2]string
	for i, a := range []site.Archive{w.Archive, restored} {
		said, err := a.Run("export", "--format", "html", "--out", "-")
		if err != nil && len(w.shelf.Names()) > 0 {
			w.unsound("%v", err)
		}
		exports[i] = said
	}
	if exports[0] != exports[1] {
		w.unsound("what was restored is exported in %d bytes, and the archive in %d", len(exports[1]), len(exports[0]))
	}
}

// look starts a server on an archive, compares all of it, and stops it.
func look(ctx context.Context, a site.Archive, shelf *tale.Shelf) []site.Finding {
	a.Under = nil
	server, err := a.Serve(ctx)
	if err != nil {
		return []site.Finding{{Kind: site.Unsound, What: err.Error()}}
	}
	found := site.Observe(ctx, a, server, shelf, true)
	if err := server.Stop(); err != nil {
		found = append(found, site.Finding{Kind: site.Unsound, What: fmt.Sprintf("the server was told to stop: %v: %s", err, server.Complaints())})
	}
	return found
}
