package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"ficstead/torture/site"
	"ficstead/torture/tale"
)

// command is a person at the shell beside the server.
func (w *world) command(ctx context.Context, r *rand.Rand) {
	acts := []func(*rand.Rand){w.importFiles, w.importFiles, w.importFiles, w.rescue, w.rescue, w.openRescue, w.export, w.reindex, w.check, w.find}
	if w.backup {
		acts = append(acts, w.backUp)
	}
	for w.running() && ctx.Err() == nil {
		acts[r.IntN(len(acts))](r)
	}
}

// shell runs a command beside the server, calls f for each line that it prints,
// and reports whether it came to its end. A failure that no kill explains is told.
func (w *world) shell(f func(string), args ...string) bool {
	w.mu.Lock()
	if w.cutting {
		w.mu.Unlock()
		return false
	}
	p, err := w.Start(args...)
	if err != nil {
		w.mu.Unlock()
		w.unsound("%v", err)
		return false
	}
	w.commands[p] = true
	w.mu.Unlock()
	p.Lines(f)
	err = p.Wait()
	w.mu.Lock()
	delete(w.commands, p)
	cut := w.cut[p]
	w.mu.Unlock()
	if err != nil && !cut {
		w.unsound("ficstead %s: %v: %s", strings.Join(args, " "), err, p.Complaints())
	}
	return err == nil
}

func silent(string) {}

// folder is a new folder beside the archive.
func (w *world) folder() string {
	dir, err := os.MkdirTemp(filepath.Dir(w.Dir), "work-")
	if err != nil {
		panic(err)
	}
	return dir
}

// importFiles brings in a folder of files. Each printed receipt is an acknowledgement.
func (w *world) importFiles(r *rand.Rand) {
	all := w.choose(r, 1+r.IntN(8))
	dir := w.folder()
	defer os.RemoveAll(dir)
	byTitle := map[string]coming{}
	for _, c := range all {
		if err := os.WriteFile(filepath.Join(dir, c.name+".json"), tale.Record(c.name, c.version), 0o644); err != nil {
			panic(err)
		}
		byTitle[tale.Title(c.name)] = c
		w.shelf.Begin(c.name, c.next)
	}
	w.shell(func(line string) {
		var got site.Receipt
		err := json.Unmarshal([]byte(line), &got)
		c, ok := byTitle[got.Title]
		if err != nil || !ok {
			w.unsound("import prints %q", line)
			return
		}
		w.compareReceipt(c, got)
		w.shelf.Done(c.name, c.next, got.Work)
		w.shelf.Leave(c.name)
		w.step()
	}, "import", "--json", dir)
}

// A dump is a whole archive that was or will be imported.
type dump struct {
	key   string
	names []string
	done  bool // an import of it came to its end
}

// rescue imports a whole archive, or goes on with one that was cut off.
func (w *world) rescue(r *rand.Rand) {
	var d *dump
	for _, one := range w.dumps {
		if !one.done {
			d = one
		}
	}
	if d == nil {
		d = &dump{key: fmt.Sprintf("lamps%d.example", w.names.Add(1))}
		for i := range 2 + r.IntN(8) {
			d.names = append(d.names, fmt.Sprintf("r%sx%d", strings.Map(digits, d.key), i))
		}
		w.dumps = append(w.dumps, d)
	}
	next := tale.State{Revisions: []tale.Content{{Version: 1}}, Rescued: true}
	coming := map[string]bool{}
	for _, name := range d.names {
		t := w.shelf.Tale(name)
		if !t.Sure() {
			return // nobody knows how it is before the next look
		}
		if !t.May[0].Here() && w.shelf.Hold(name) {
			coming[tale.Title(name)] = true
			w.shelf.Begin(name, next)
		}
	}
	dir := w.folder()
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "archive.jsonl")
	if err := os.WriteFile(file, tale.Dump(d.key, d.names), 0o644); err != nil {
		panic(err)
	}
	d.done = w.shell(func(line string) {
		var got site.Receipt
		if err := json.Unmarshal([]byte(line), &got); err != nil || got.Status == "refused" || coming[got.Title] && got.Status != "new" {
			w.unsound("the import of a whole archive prints %q", line)
			return
		}
		if coming[got.Title] {
			name := tale.NameOf(got.Title)
			w.shelf.Done(name, next, got.Work)
			w.shelf.Leave(name)
			w.step()
		}
	}, "import", "--json", "--report", filepath.Join(dir, "report"), file)
}

func digits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// openRescue shows all works of a rescued archive, or closes them again.
func (w *world) openRescue(r *rand.Rand) {
	for _, d := range w.dumps {
		if !d.done {
			continue
		}
		var held []string
		open := r.IntN(2) == 0
		for _, name := range d.names {
			if w.shelf.Hold(name) {
				held = append(held, name)
				if s := w.shelf.Tale(name).May[0]; s.Here() {
					w.shelf.Begin(name, s.Shown(open))
				}
			}
		}
		if len(held) < len(d.names) { // somebody is at one of them
			for _, name := range held {
				if w.shelf.Tale(name).Sure() {
					w.shelf.Leave(name)
				} else {
					w.unbegin(name)
				}
			}
			continue
		}
		word := "close"
		if open {
			word = "open"
		}
		if w.shell(silent, "rescue", word, d.key) {
			for _, name := range d.names {
				if t := w.shelf.Tale(name); t.May[0].Here() {
					w.shelf.Done(name, t.May[len(t.May)-1], t.ID)
				}
				w.shelf.Leave(name)
			}
			w.step()
		}
		return
	}
}

// unbegin takes back what was not even tried.
func (w *world) unbegin(name string) {
	w.shelf.Found(name, 0, w.shelf.Tale(name).ID)
	w.shelf.Leave(name)
}

// export writes a work into a file, which is whole or not there.
func (w *world) export(r *rand.Rand) {
	t, ok := w.shelf.Take(r.IntN(1000), here)
	if !ok {
		return
	}
	defer w.shelf.Leave(t.Name)
	if t.ID == 0 {
		return
	}
	dir := w.folder()
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "out.txt")
	ended := w.shell(silent, "export", "--format", "txt", "--out", file, fmt.Sprint(t.ID))
	data, err := os.ReadFile(file)
	if err != nil && ended {
		w.unsound("export of %s: %v", t.Name, err)
	}
	now := t.May[0].Now()
	last := tale.Paragraphs(t.Name, now.Version, tale.Chapters(t.Name, now.Version), now.Undone)
	if err == nil && !strings.Contains(strings.Join(strings.Fields(string(data)), " "), last[len(last)-1]) {
		w.unsound("export of %s: its file is there by half", t.Name)
	}
}

func (w *world) reindex(*rand.Rand) { w.shell(silent, "reindex") }

func (w *world) check(*rand.Rand) {
	var said []string
	w.shell(func(line string) { said = append(said, line) }, "check")
	for _, line := range said {
		if strings.Contains(line, "damaged: ") {
			w.unsound("check says: %s", line)
		}
	}
}

// find asks for a word that stands in one story only.
func (w *world) find(r *rand.Rand) {
	t, ok := w.shelf.Take(r.IntN(1000), func(_ string, s tale.State) bool { return s.Here() && !s.Out })
	if !ok {
		return
	}
	defer w.shelf.Leave(t.Name)
	var titles []string
	ended := w.shell(func(line string) {
		var got site.Listed
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			w.unsound("find prints %q", line)
		}
		titles = append(titles, got.Title)
	}, "find", "--json", "text:"+tale.Mark(t.Name, t.May[0].Now().Version, 1))
	if ended && (len(titles) != 1 || titles[0] != tale.Title(t.Name)) {
		w.unsound("the text of %s finds %v", t.Name, titles)
	}
}
