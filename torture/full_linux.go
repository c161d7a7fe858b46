package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"ficstead/torture/site"
)

// fillDisk lets an archive live on a small file system until that is full, enlarges
// it, and makes it read-only.
func fillDisk(ctx context.Context, o options, sum *tally) error {
	for n, size := range []string{"2m", "3m", "5m"} {
		t, err := newTrial(o, sum, "full disk", n)
		if err != nil {
			return err
		}
		mount := filepath.Dir(t.Dir)
		if err := syscall.Mount("tmpfs", mount, "tmpfs", 0, "size="+size); err != nil {
			return o.skip("full disks and read-only folders", fmt.Sprintf("no small file system can be mounted: %v", err))
		}
		err = t.fill(ctx, mount)
		if sum.broken() == 0 {
			syscall.Unmount(mount, syscall.MNT_DETACH)
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// fill fills the file system of an archive, from the command line and from the
// website, and enlarges it while the server runs.
func (t *trial) fill(ctx context.Context, mount string) error {
	if err := os.MkdirAll(t.Dir, 0o755); err != nil {
		return err
	}
	if _, code := t.importFiles(3, nil); code != 0 {
		t.unsound("import: exit code %d", code)
	}
	server, err := t.Serve(ctx)
	if err != nil {
		t.unsound("%v", err)
		return nil
	}
	full := func() bool { return !t.visit(server, 1) }
	for n := 0; !full() && n < 2000; n++ {
	}
	for range 3 {
		t.importFiles(2, nil)
	}
	t.visit(server, 10)
	for _, path := range []string{"/", "/works", "/api/v1/works"} {
		if a, err := server.Get(path); err != nil || a.Status != http.StatusOK {
			t.unsound("with a full disk %s is not shown: %d %v %.200s", path, a.Status, err, a.Body)
		}
	}
	if t.random.IntN(2) == 0 {
		server = t.startFull(ctx, server)
	}
	if err := syscall.Mount("tmpfs", mount, "tmpfs", syscall.MS_REMOUNT, "size=256m"); err != nil {
		return err
	}
	if server == nil {
		if server, err = t.Serve(ctx); err != nil {
			t.unsound("%v", err)
			return nil
		}
	}
	t.recover(server)
	t.composed("the server", server.Complaints())
	server.Kill()
	server.Wait()
	t.shelf.Settle()
	t.sum.tell(t.where, look(ctx, t.Archive, t.shelf)...)
	if t.sum.broken() > 0 {
		return nil
	}
	return t.readOnly(ctx, mount)
}

// startFull kills a server and starts it on the full disk, where it serves, or says
// why it does not; then it is nil.
func (t *trial) startFull(ctx context.Context, server *site.Server) *site.Server {
	server.Kill()
	server.Wait()
	server, err := t.Serve(ctx)
	if err == nil {
		return server
	}
	if t.composed("the server", err.Error()); !strings.Contains(err.Error(), "full") && !strings.Contains(err.Error(), "no space") {
		t.unsound("the server does not start on a full disk, and does not say why: %v", err)
	}
	return nil
}

// readOnly wants commands to say that nothing can be written, and no more.
func (t *trial) readOnly(ctx context.Context, mount string) error {
	if err := syscall.Mount("tmpfs", mount, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, "size=256m"); err != nil {
		return err
	}
	if brought, code := t.importFiles(2, nil); brought > 0 || code == 0 {
		t.unsound("import into a read-only folder brings in %d works, exit code %d", brought, code)
	}
	for _, command := range []string{"find", "check", "reindex"} {
		said, err := t.Run(command)
		if err != nil && t.composed(command, err.Error()) && len(strings.TrimSpace(err.Error())) == 0 {
			t.unsound("%s fails on a read-only folder and does not say why: %s", command, said)
		}
	}
	if err := syscall.Mount("tmpfs", mount, "tmpfs", syscall.MS_REMOUNT, "size=256m"); err != nil {
		return err
	}
	t.over(ctx)
	return nil
}
