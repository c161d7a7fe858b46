package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"ficstead/torture/site"
	"ficstead/torture/tale"
)

// visit is a person who changes works on the website, until the server is gone.
func (w *world) visit(r *rand.Rand) {
	acts := []func(*rand.Rand) bool{w.revert, w.decide, w.keepOut, w.remove, w.revert, w.decide, w.keepOut, w.download, w.settings}
	for w.running() {
		if !acts[r.IntN(len(acts))](r) {
			time.Sleep(2 * time.Millisecond) // nothing fits yet
		}
	}
}

func here(_ string, s tale.State) bool { return s.Here() }

func editable(_ string, s tale.State) bool { return s.Here() && !s.Rescued }

// change asks the server for a change of a work by a form. It reports whether
// there was a work to change.
func (w *world) change(r *rand.Rand, fits func(string, tale.State) bool, next func(tale.State) tale.State, path string, fields func(tale.State, tale.State) []string) bool {
	t, ok := w.shelf.Take(r.IntN(1000), fits)
	if !ok {
		return false
	}
	if t.ID == 0 {
		w.shelf.Leave(t.Name)
		return false
	}
	now := t.May[0]
	to := next(now)
	w.shelf.Begin(t.Name, to)
	a, err := w.server.Post(fmt.Sprintf("/works/%d/%s", t.ID, path), fields(now, to)...)
	if err == nil && a.Status != http.StatusSeeOther {
		err = fmt.Errorf("%d: %.300s", a.Status, a.Body)
	}
	if err != nil {
		w.failed(path+" of "+t.Name, err)
		return true // it stays taken: nobody knows how it is
	}
	id := t.ID
	if !to.Here() {
		id = 0
	}
	w.shelf.Done(t.Name, to, id)
	w.shelf.Leave(t.Name)
	w.step()
	return true
}

// revert puts a work back as it was once.
func (w *world) revert(r *rand.Rand) bool {
	to := 0
	return w.change(r, func(name string, s tale.State) bool {
		return editable(name, s) && len(s.Revisions) > 1 && len(s.Revisions) < 30
	},
		func(s tale.State) tale.State {
			to = 1 + r.IntN(len(s.Revisions)-1)
			return s.PutBack(to)
		}, "reversions", func(tale.State, tale.State) []string { return []string{"revision", fmt.Sprint(to)} })
}

// decide undoes all mends of a work, or forgets that they were undone.
func (w *world) decide(r *rand.Rand) bool {
	return w.change(r, func(name string, s tale.State) bool { return editable(name, s) && len(s.Revisions) < 30 },
		func(s tale.State) tale.State { return s.Decided(!s.Now().Undone) },
		"review", func(_, to tale.State) []string {
			if to.Undo {
				return []string{"do", "undo:*"}
			}
			return []string{"do", "forget"}
		})
}

// keepOut keeps the text of a work out of searches, or lets it in again.
func (w *world) keepOut(r *rand.Rand) bool {
	return w.change(r, here, func(s tale.State) tale.State { return s.SearchedNot(!s.Out) },
		"text-search", func(_, to tale.State) []string {
			if to.Out {
				return []string{"out", "yes"}
			}
			return []string{"out", "no"}
		})
}

// remove takes a work out for good.
func (w *world) remove(r *rand.Rand) bool {
	if len(w.shelf.Names()) < 12 || r.IntN(3) > 0 {
		return false
	}
	return w.change(r, editable, func(tale.State) tale.State { return tale.State{} },
		"removal", func(tale.State, tale.State) []string { return []string{"sure", "yes"} })
}

// download takes a work away and wants its text in it.
func (w *world) download(r *rand.Rand) bool {
	t, ok := w.shelf.Take(r.IntN(1000), here)
	if !ok || t.ID == 0 {
		if ok {
			w.shelf.Leave(t.Name)
		}
		return false
	}
	defer w.shelf.Leave(t.Name)
	a, err := w.server.Get(fmt.Sprintf("/works/%d.txt", t.ID))
	now := t.May[0].Now()
	if err == nil && (a.Status != http.StatusOK || !strings.Contains(string(a.Body), tale.Mark(t.Name, now.Version, 1))) {
		err = fmt.Errorf("%d without its text: %.200s", a.Status, a.Body)
	}
	w.failed("download of "+t.Name, err)
	return true
}

// settings keeps how a reader wants to read.
func (w *world) settings(*rand.Rand) bool {
	a, err := w.server.Post("/settings", "theme", "dark")
	if err == nil && a.Status != http.StatusSeeOther {
		err = fmt.Errorf("%d", a.Status)
	}
	w.failed("settings", err)
	return true
}

// send is a person who uploads files, until the server is gone.
func (w *world) send(r *rand.Rand) {
	for w.running() {
		w.upload(r)
	}
}

// A coming is a file that is brought in, and what it makes of its story.
type coming struct {
	name    string
	version int
	next    tale.State
	status  string // of its receipt
}

// choose picks stories to bring in: new ones, newer copies, and files that are
// here. All of them are the caller's.
func (w *world) choose(r *rand.Rand, n int) (all []coming) {
	for range n {
		switch r.IntN(5) {
		case 0, 1:
			if t, ok := w.shelf.Take(r.IntN(1000), func(name string, s tale.State) bool {
				return editable(name, s) && tale.HasKey(name) && newest(s) < 20
			}); ok {
				v := newest(t.May[0]) + 1
				all = append(all, coming{t.Name, v, t.May[0].Brought(v), "updated"})
				continue
			}
		case 2:
			if t, ok := w.shelf.Take(r.IntN(1000), func(name string, s tale.State) bool { return editable(name, s) && hasNow(s) }); ok {
				all = append(all, coming{t.Name, t.May[0].Now().Version, t.May[0], "same"})
				continue
			}
		}
		name := w.newName()
		if w.shelf.Hold(name) {
			all = append(all, coming{name, 1, tale.State{}.Brought(1), "new"})
		}
	}
	return all
}

func newest(s tale.State) (v int) {
	for _, f := range s.Files {
		v = max(v, f)
	}
	return v
}

// hasNow reports whether the file that a work reads as now is known to be its own:
// one whose revision was taken back is news when it comes again.
func hasNow(s tale.State) bool { return s.Now().Version == newest(s) && s.Now().Undone == s.Undo }

// upload sends a few files and waits for their receipts.
func (w *world) upload(r *rand.Rand) {
	all := w.choose(r, 1+r.IntN(4))
	var files []site.File
	for _, c := range all {
		files = append(files, site.File{Name: c.name + ".json", Data: tale.Record(c.name, c.version)})
		w.shelf.Begin(c.name, c.next)
	}
	path, status := "/api/v1/imports", http.StatusAccepted
	if r.IntN(2) == 0 {
		path, status = "/import", http.StatusSeeOther
	}
	a, err := w.server.Upload(path, files...)
	if err == nil && a.Status != status {
		err = fmt.Errorf("%d: %.300s", a.Status, a.Body)
	}
	if err != nil {
		w.failed("upload", err)
		return
	}
	var id int64
	if _, err := fmt.Sscan(a.Location[strings.LastIndexByte(a.Location, '/')+1:], &id); err != nil {
		w.failed("upload to "+a.Location, err)
		return
	}
	for _, c := range all { // they are received; all the rest must follow
		w.shelf.Done(c.name, c.next, 0)
	}
	w.step()
	w.receipts(id, all)
}

// receipts waits until files have theirs.
func (w *world) receipts(id int64, all []coming) {
	for {
		b, err := w.server.Batch(id)
		if err != nil {
			w.failed("receipts", err)
			return
		}
		if b.Status != "done" {
			time.Sleep(3 * time.Millisecond)
			continue
		}
		if len(b.Receipts) != len(all) {
			w.unsound("%d receipts of %d files", len(b.Receipts), len(all))
			return
		}
		for i, c := range all {
			got := b.Receipts[i]
			w.compareReceipt(c, got)
			w.shelf.Done(c.name, c.next, got.Work)
			w.shelf.Leave(c.name)
		}
		w.step()
		return
	}
}

func (w *world) compareReceipt(c coming, got site.Receipt) {
	if got.Status != c.status || got.Title != tale.Title(c.name) {
		w.unsound("the receipt of version %d of %s says %+v, and should be %s", c.version, c.name, got, c.status)
	}
}
