package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"ficstead/torture/site"
	"ficstead/torture/tale"
	"ficstead/torture/trace"
)

// breakMachine has the machine fail under the program in all ways that can be
// made here.
func breakMachine(ctx context.Context, o options, sum *tally) error {
	if !o.faults {
		return nil
	}
	if why := trace.Can(); why != "" {
		if err := o.skip("failing disks and jumping clocks", why); err != nil {
			return err
		}
	} else if err := errors.Join(breakDisk(ctx, o, sum), jumpClock(ctx, o, sum)); err != nil {
		return err
	}
	return errors.Join(fewDescriptors(ctx, o, sum), fillDisk(ctx, o, sum))
}

// A trial is an archive on a machine that fails.
type trial struct {
	site.Archive
	where   string
	random  *rand.Rand
	shelf   *tale.Shelf
	sum     *tally
	names   int
	loud    bool
	planned [][]trace.Fault
	began   time.Time
}

func newTrial(o options, sum *tally, where string, n int) (*trial, error) {
	dir := filepath.Join(o.dir, strings.ReplaceAll(fmt.Sprintf("%s %d", where, n), " ", "-"), "data")
	return &trial{
		Archive: site.Archive{Binary: o.binary, Dir: dir}, where: fmt.Sprintf("%s %d", where, n),
		random: rand.New(rand.NewPCG(o.seed+uint64(n), uint64(len(where)))), shelf: tale.NewShelf(), sum: sum,
		loud: o.verbose, began: time.Now(),
	}, os.MkdirAll(dir, 0o755)
}

func (t *trial) unsound(format string, args ...any) {
	t.sum.tell(t.where, site.Finding{Kind: site.Unsound, What: fmt.Sprintf(format, args...)})
}

// composed reports whether what a process complained about is no crash.
func (t *trial) composed(what, complaints string) bool {
	for _, cry := range []string{"panic:", "SIGSEGV", "SIGBUS", "fatal error:", "panicked"} {
		if strings.Contains(complaints, cry) {
			t.unsound("%s crashes: %s", what, complaints)
			return false
		}
	}
	return true
}

// fresh is a story that nobody has heard of, about to come in.
func (t *trial) fresh() coming {
	t.names++
	c := coming{fmt.Sprintf("%c%d", "kpk"[t.names%3], t.names), 1, tale.State{}.Brought(1), "new"}
	t.shelf.Begin(c.name, c.next)
	return c
}

// importFiles brings stories in on a machine that may fail, and believes receipts
// only. It returns how many were brought in.
func (t *trial) importFiles(n int, under []string) (brought int, code int) {
	dir, err := os.MkdirTemp(filepath.Dir(filepath.Dir(t.Dir)), "files-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	for range n {
		c := t.fresh()
		if err := os.WriteFile(filepath.Join(dir, c.name+".json"), tale.Record(c.name, 1), 0o644); err != nil {
			panic(err)
		}
	}
	a := t.Archive
	a.Under = under
	p, err := a.Start("import", "--json", dir)
	if err != nil {
		t.unsound("%v", err)
		return 0, -1
	}
	p.Lines(func(line string) {
		var got site.Receipt
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.unsound("import prints %q", line)
			return
		}
		switch {
		case got.Status == "new":
			t.shelf.Done(tale.NameOf(got.Title), tale.State{}.Brought(1), got.Work)
			brought++
		case got.Status == "refused" && got.Error != "":
		default:
			t.unsound("import prints %q", line)
		}
	})
	err = p.Wait()
	t.composed("import", p.Complaints())
	if code = site.Code(err); code == -1 {
		t.unsound("import ends by itself: %v: %s", err, p.Complaints())
	}
	if code == 1 && p.Complaints() == "" {
		t.unsound("import fails and does not say why")
	}
	return brought, code
}

// visit asks a server for changes, and believes answers only. It reports whether
// the last of them was accepted.
func (t *trial) visit(server *site.Server, n int) (accepted bool) {
	for range n {
		got, ok := t.shelf.Take(t.random.IntN(1000), func(_ string, s tale.State) bool { return s.Here() })
		if !ok || got.ID == 0 || t.random.IntN(2) == 0 {
			c := t.fresh()
			a, err := server.Upload("/api/v1/imports", site.File{Name: c.name, Data: tale.Record(c.name, 1)})
			if accepted = t.answered("upload", a, err, http.StatusAccepted); accepted {
				t.shelf.Done(c.name, c.next, 0)
			}
		} else {
			to := got.May[0].SearchedNot(!got.May[0].Out)
			t.shelf.Begin(got.Name, to)
			a, err := server.Post(fmt.Sprintf("/works/%d/text-search", got.ID), "out", map[bool]string{true: "yes", false: "no"}[to.Out])
			if accepted = t.answered("text-search", a, err, http.StatusSeeOther); accepted {
				t.shelf.Done(got.Name, to, got.ID)
				t.shelf.Leave(got.Name)
			}
		}
		select {
		case <-server.Done():
			t.unsound("the server ends by itself: %s", server.Complaints())
			return false
		default:
		}
	}
	return accepted
}

// answered reports whether the server has done what it was asked for. That it
// could not it must say, as its own fault.
func (t *trial) answered(what string, a site.Answer, err error, want int) bool {
	if err == nil && a.Status != want && a.Status < 500 {
		t.unsound("%s: %d %.200s", what, a.Status, a.Body)
	}
	return err == nil && a.Status == want
}

// recover wants a server to take writes again by itself, now that all is well.
func (t *trial) recover(server *site.Server) {
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(25 * time.Millisecond) {
		if t.visit(server, 1) {
			return
		}
	}
	t.unsound("the server takes no more writes although all is well again: %s", server.Complaints())
}

// over looks at what is left on a machine that does not fail.
func (t *trial) over(ctx context.Context) {
	acked := t.shelf.Acked()
	t.sum.tell(t.where, look(ctx, t.Archive, t.shelf)...)
	if said, err := t.Run("check"); err != nil {
		t.unsound("check: %v%s", err, said)
	}
	t.sum.cycle(acked)
	if t.loud {
		fmt.Printf("%s: %d acknowledged (%.1f s)\n", t.where, acked, time.Since(t.began).Seconds())
	}
	if t.sum.broken() == 0 {
		os.RemoveAll(filepath.Dir(t.Dir))
	}
}

// plans is how many disks are broken, and how many clocks jump.
const plans = 12

// breakDisk has writes, syncs and opens fail, once or a few times or for good, and
// writes be short.
func breakDisk(ctx context.Context, o options, sum *tally) error {
	for n := range plans {
		t, err := newTrial(o, sum, "broken disk", n)
		if err != nil {
			return err
		}
		if _, code := t.importFiles(3, nil); code != 0 {
			t.unsound("import: exit code %d", code)
		}
		t.importFiles(6, trace.Under(trace.Plan{Root: t.Dir, Faults: t.faults(false)}))
		a := t.Archive
		a.Under = trace.Under(trace.Plan{Root: t.Dir, Faults: t.faults(true)})
		if server, err := a.Serve(ctx); err == nil {
			t.visit(server, 15)
			t.recover(server)
			t.composed("the server", server.Complaints())
			server.Kill()
			server.Wait()
		} else {
			t.composed("the server", err.Error())
		}
		t.shelf.Settle()
		t.over(ctx)
		if ctx.Err() != nil || sum.broken() > 0 {
			fmt.Printf("%s had %+v\n", t.where, t.planned)
			return ctx.Err()
		}
	}
	return nil
}

// faults are one or two of a disk; passing ones end.
func (t *trial) faults(passing bool) (all []trace.Fault) {
	for range 1 + t.random.IntN(2) {
		f := trace.Fault{From: 1 + t.random.IntN(150), Times: 1 + t.random.IntN(20)}
		f.Call = []trace.Call{trace.CallWrite, trace.CallWrite, trace.CallSync, trace.CallOpen, trace.CallRead}[t.random.IntN(5)]
		f.Errno = int([]syscall.Errno{syscall.EIO, syscall.ENOSPC}[t.random.IntN(2)])
		f.Short = f.Call == trace.CallWrite && t.random.IntN(4) == 0
		if f.Call == trace.CallSync {
			f.From = 1 + f.From/10
		}
		if f.Call == trace.CallRead {
			f.Errno = int(syscall.EIO)
		}
		if !passing && t.random.IntN(3) == 0 {
			f.Times = 0
		}
		all = append(all, f)
	}
	t.planned = append(t.planned, all)
	return all
}

// jumpClock has the wall clock jump, years to and fro, while the program runs.
func jumpClock(ctx context.Context, o options, sum *tally) error {
	const day = 24 * 60 * 60
	for n := range plans / 4 {
		t, err := newTrial(o, sum, "jumping clock", n)
		if err != nil {
			return err
		}
		clock := func() (plan trace.Plan) {
			for at := 0; at < 400; at += 5 + t.random.IntN(40) {
				days := int64([]int{-4000, -400, -1, 0, 1, 400, 4000}[t.random.IntN(7)])
				plan.Clock = append(plan.Clock, trace.Jump{After: at, Seconds: days*day + int64(t.random.IntN(day))})
			}
			return plan
		}
		if brought, code := t.importFiles(6, trace.Under(clock())); brought != 6 || code != 0 {
			t.unsound("import brings in %d of 6, exit code %d", brought, code)
		}
		a := t.Archive
		a.Under = trace.Under(clock())
		server, err := a.Serve(ctx)
		if err != nil {
			t.unsound("%v", err)
			return nil
		}
		if !t.visit(server, 20) {
			t.unsound("a change is refused: %s", server.Complaints())
		}
		if err := server.Stop(); err != nil {
			t.unsound("the server was told to stop: %v: %s", err, server.Complaints())
		}
		t.shelf.Settle()
		t.over(ctx)
	}
	return ctx.Err()
}

// fewDescriptors runs the program with less open files than it would like.
func fewDescriptors(ctx context.Context, o options, sum *tally) error {
	for n, limit := range []int{12, 32, 48} {
		t, err := newTrial(o, sum, "few descriptors", n)
		if err != nil {
			return err
		}
		under := []string{"sh", "-c", fmt.Sprintf(`ulimit -n %d; exec "$@"`, limit), "sh"}
		t.importFiles(5, under)
		a := t.Archive
		a.Under = under
		if server, err := a.Serve(ctx); err == nil {
			gone := server.Crowd(40, "/works")
			t.visit(server, 10)
			gone()
			t.composed("the server", server.Complaints())
			t.recover(server)
			server.Kill()
			server.Wait()
		} else {
			t.composed("the server", err.Error())
		}
		t.shelf.Settle()
		t.over(ctx)
	}
	return ctx.Err()
}
