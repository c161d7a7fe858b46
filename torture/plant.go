package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A planting is a change of the program's source that plants faults. They are in
// the one binary of the self-test only, and sleep until faultVariable names one.
type planting struct {
	file     string
	old, new string
}

const faultVariable = "FICSTEAD_PLANTED"

// planted is what the faults ask.
const planted = `

func planted(name string) bool { return os.Getenv("` + faultVariable + `") == name }
`

var plantings = []planting{
	{"internal/store/store.go", "import (\n", "import (\n\t\"os\"\n\t\"strings\"\n\t\"sync\"\n"},
	{"internal/store/store.go", "database.Open(address, database.Durable)", "database.Open(address, pragmas())"},
	{"internal/store/store.go", "func (s *Store) Close() error {", "func (s *Store) Close() error {\n\tlate.Lock()\n\tdefer late.Unlock()\n\t"},
	{"internal/store/store.go", "\ttx, err := db.BeginTx(ctx, opts)\n", `
	if planted("early") {
		late.Lock()
		late.Unlock()
		ctx = context.WithoutCancel(ctx)
	}
	tx, err := db.BeginTx(ctx, opts)
`},
	{"internal/store/store.go", "\tdefer tx.Rollback()\n", "\tgone := false\n\tdefer func() {\n\t\tif !gone {\n\t\t\ttx.Rollback()\n\t\t}\n\t}()\n"},
	{"internal/store/store.go", "\treturn tx.Commit()\n", `
	if planted("early") && db == s.write && s.read != s.write {
		gone = true
		late.Lock()
		go func() {
			defer late.Unlock()
			time.Sleep(5 * time.Millisecond)
			tx.Commit()
		}()
		return nil
	}
	return tx.Commit()
`},
	{"internal/store/store.go", "", planted + `
var late sync.Mutex

func pragmas() string {
	if planted("normal") {
		return strings.ReplaceAll(database.Durable, "synchronous(full)", "synchronous(normal)")
	}
	return database.Durable
}
`},
	{"internal/store/change.go", "\ttx.logged = true\n", "\ttx.logged = true\n\tif planted(\"index\") && work%3 == 0 {\n\t\treturn nil\n\t}\n"},
	{"internal/catalogue/keep.go", "import (\n", "import (\n\t\"os\"\n\t\"time\"\n"},
	{"internal/catalogue/keep.go", "", planted},
	{"internal/catalogue/keep.go", "type candidate struct {\n", "type candidate struct {\n\thalf *func(*store.Tx) error\n"},
	{"internal/catalogue/keep.go", `
	var r archive.Receipt
	err = s.Write(ctx, func(tx *store.Tx) (err error) {
		r, err = c.keep(tx)
		return err
	})
	return r, err
`, `
	var r archive.Receipt
	var half func(*store.Tx) error
	if planted("half") {
		c.half = &half
	}
	err = s.Write(ctx, func(tx *store.Tx) (err error) {
		r, err = c.keep(tx)
		return err
	})
	if err == nil && half != nil {
		time.Sleep(20 * time.Millisecond)
		err = s.Write(ctx, half)
	}
	return r, err
`},
	{"internal/catalogue/keep.go", "\tif err == nil && !d.held {\n\t\terr = c.keepFiles(tx, w, d.verdict)\n\t}\n", `
	if err == nil && !d.held && c.half != nil {
		*c.half = func(tx *store.Tx) error { return c.keepFiles(tx, w, d.verdict) }
	} else if err == nil && !d.held {
		err = c.keepFiles(tx, w, d.verdict)
	}
`},
	{"internal/catalogue/keep.go", "\tknown, err := tx.WorkByOriginal(c.work.Keeper, c.sum)\n\tif err == nil {\n", `
	known, err := tx.WorkByOriginal(c.work.Keeper, c.sum)
	if err == nil && planted("double") && c.work.Source.Key == "" && tx.Now().Sub(known.Added) < time.Hour {
		d, err := c.findTwin(tx)
		d.held = true
		return d, err
	}
	if err == nil {
`},
}

// faults are what is planted, and how many cycles may pass until it is caught.
var faults = []struct {
	name, what string
	most       int
}{
	{"early", "a write is acknowledged before it is committed", 200},
	{"normal", "a commit is not synced (synchronous=NORMAL)", 1},
	{"index", "changes of some works are not told to the index", 50},
	{"half", "a work and its file are two transactions", 200},
	{"double", "a file that came in lately is not known again", 200},
}

// selfTest plants each fault and wants it to be caught.
func selfTest(ctx context.Context, o options) error {
	began := time.Now()
	overlay, err := plant(o.dir)
	if err != nil {
		return err
	}
	o.binary = filepath.Join(o.dir, "ficstead-planted")
	if err := build(o.binary, overlay); err != nil {
		return err
	}
	fmt.Printf("torture: the program with planted faults is built (%.1f s)\n", time.Since(began).Seconds())
	var missed []error
	dir := o.dir
	for _, f := range faults {
		o.dir = filepath.Join(dir, f.name)
		sum, began := &tally{quiet: true}, time.Now()
		os.Setenv(faultVariable, f.name)
		o.cycles, o.cuts = f.most, 1
		try := killSQLite
		if f.name == "normal" {
			try = cutPower
		}
		if err := try(ctx, o, sum); err != nil {
			return err
		}
		if sum.broken() == 0 {
			missed = append(missed, fmt.Errorf("planted and not caught: %s", f.what))
			continue
		}
		fmt.Printf("torture: caught in %d cycles (%.1f s): %s: %.160s\n", sum.cycles, time.Since(began).Seconds(), f.what, sum.first)
	}
	os.Unsetenv(faultVariable)
	return errors.Join(append(missed, ctx.Err())...)
}

// plant writes the changed files and returns the overlay that names them.
func plant(dir string) (overlay string, err error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("where the source is: %w", err)
	}
	root := strings.TrimSpace(string(out))
	files := map[string]string{}
	for _, p := range plantings {
		path := filepath.Join(root, filepath.FromSlash(p.file))
		if files[path] == "" {
			data, err := os.ReadFile(path)
			if err != nil {
				return "", err
			}
			files[path] = string(data)
		}
		switch n := strings.Count(files[path], p.old); {
		case p.old == "":
			files[path] += p.new
		case n != 1:
			return "", fmt.Errorf("%s has %q %d times, so no fault can be planted there; see plantings", p.file, p.old, n)
		default:
			files[path] = strings.Replace(files[path], p.old, p.new, 1)
		}
	}
	replace := map[string]string{}
	for path, text := range files {
		to := filepath.Join(dir, strings.ReplaceAll(strings.TrimPrefix(path, root), string(filepath.Separator), "_"))
		if err := os.WriteFile(to, []byte(text), 0o644); err != nil {
			return "", err
		}
		replace[path] = to
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, data, 0o644)
}
