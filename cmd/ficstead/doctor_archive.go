package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/migrations"
)

// examine looks at the database; ok is whether there is one.
func (c doctorCommand) examine(ctx context.Context, r *run) (facts migrations.Facts, ok bool, err error) {
	address := r.database
	if address == "" {
		address = filepath.Join(r.data, databaseFile)
		if _, err := os.Stat(address); err != nil {
			return facts, false, nil // an empty folder is not made an archive by looking at it
		}
	}
	facts, err = migrations.Examine(ctx, address)
	return facts, true, err
}

func (c doctorCommand) database(ctx context.Context, r *run) diagnosis {
	facts, ok, err := c.examine(ctx, r)
	switch {
	case !ok:
		return says(doubt, "there is no archive in "+r.data+" yet", "")
	case err != nil && r.database != "":
		return says(trouble, fmt.Sprintf("it does not answer: %v", err), "see that PostgreSQL runs, and that the address, user and password of --database are right")
	case err != nil:
		return says(trouble, err.Error(), "if it is damaged, restore a backup: ficstead restore")
	}
	return says(fine, facts.Version, "")
}

// durable is what each setting must be for an acknowledged write to survive a
// power cut.
var durable = map[string][]string{
	"journal_mode": {"wal"}, "synchronous": {"2", "3"},
	"fsync": {"on"}, "full_page_writes": {"on"}, "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
	"transaction_read_only": {"off"},
}

func (c doctorCommand) durability(ctx context.Context, r *run) diagnosis {
	facts, ok, err := c.examine(ctx, r)
	if !ok || err != nil {
		return diagnosis{}
	}
	for name, good := range durable {
		if value, asked := facts.Settings[name]; asked && !slices.Contains(good, value) {
			return says(trouble, fmt.Sprintf("%s is %s: a power cut may lose or damage what was kept", name, value), fmt.Sprintf("set %s to %s in the database's configuration", name, good[0]))
		}
	}
	if facts.Settings["data_checksums"] == "off" {
		return says(doubt, "data checksums are off: PostgreSQL does not notice when its disk damages what it keeps", "stop the database and run pg_checksums --enable; Ficstead's own sums find damage to works all the same")
	}
	return says(fine, "an acknowledged write survives a power cut", "")
}

func (c doctorCommand) tables(ctx context.Context, r *run) diagnosis {
	facts, ok, err := c.examine(ctx, r)
	switch {
	case !ok || err != nil:
		return diagnosis{}
	case facts.Newer != nil:
		return says(trouble, facts.Newer.Error(), "install the newer version; or restore the copy that was made before the upgrade")
	case facts.Left > 0:
		return says(doubt, fmt.Sprintf("an older version made them: %d changes are left to do", facts.Left), "the next start does them, after a backup of its own")
	}
	return says(fine, "of this version", "")
}

func (c doctorCommand) index(_ context.Context, r *run) diagnosis {
	info, err := os.Stat(r.kept()["index"])
	switch {
	case errors.Is(err, os.ErrNotExist):
		return says(fine, "none is kept yet; the next start builds it", "")
	case err != nil:
		return says(doubt, err.Error(), "remove the folder index in the data folder: it is made anew")
	}
	return says(fine, fmt.Sprintf("%d MB, of %s", info.Size()>>20, info.ModTime().UTC().Format(time.RFC3339)), "")
}

// stored is what the last check in the background found.
func (c doctorCommand) stored(ctx context.Context, r *run) diagnosis {
	facts, ok, err := c.examine(ctx, r)
	if !ok || err != nil || facts.Newer != nil || facts.Left > 0 {
		return diagnosis{} // opening it would change it
	}
	s, err := r.openExisting(ctx)
	if err != nil {
		return says(trouble, err.Error(), "run ficstead check")
	}
	defer s.Close()
	return lastScrub(ctx, s)
}

func lastScrub(ctx context.Context, s *store.Store) diagnosis {
	state, err := check.LoadScrub(ctx, s)
	switch {
	case err != nil:
		return says(trouble, err.Error(), "run ficstead check")
	case state.Trouble() != "":
		return says(trouble, state.Trouble(), "run ficstead check: it names what is damaged and how to get it back")
	case state.Last.Ended.IsZero():
		return says(fine, "not checked yet; a server does it in the background, ficstead check does it now", "")
	}
	return says(fine, "everything was checked at "+state.Last.Ended.UTC().Format(time.RFC3339), "")
}

// stale is the age of a backup from which on it is asked about.
const stale = 8 * 24 * time.Hour

func (c doctorCommand) backup(_ context.Context, r *run) diagnosis {
	if c.BackupTo == "" {
		return says(doubt, "no backups are scheduled", "let the server make them: --backup-to with a folder on another disk, in config.toml as backup-to")
	}
	files, err := filepath.Glob(filepath.Join(c.BackupTo, "*.ficstead*"))
	if err != nil || len(files) == 0 {
		return says(trouble, "there is no backup in "+c.BackupTo, "run ficstead backup, and see that the server is started with --backup-to")
	}
	var newest time.Time
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	age := time.Since(newest).Round(time.Minute)
	if age > stale {
		return says(trouble, fmt.Sprintf("the newest backup is %s old", age), "see in the server's log why the later ones failed")
	}
	return says(fine, fmt.Sprintf("the newest is %s old", age), "")
}

// server asks the server of this machine how it is, if it runs.
func (c doctorCommand) server(ctx context.Context, _ *run) diagnosis {
	status, body, _, err := get(ctx, "http://"+c.Listen+"/readyz")
	if err != nil {
		return says(fine, "none answers at "+c.Listen, "")
	}
	var bad []string
	for line := range strings.Lines(body) {
		if !strings.HasPrefix(line, "ok: ") && line != "ready\n" {
			bad = append(bad, strings.TrimSpace(line))
		}
	}
	switch {
	case status != http.StatusOK && status != http.StatusServiceUnavailable:
		return says(doubt, fmt.Sprintf("something else answers at %s (%d)", c.Listen, status), "another program has this port, or --listen differs")
	case status != http.StatusOK:
		return says(trouble, strings.Join(bad, "; "), "")
	case len(bad) > 0:
		return says(doubt, strings.Join(bad, "; "), "")
	}
	return says(fine, "ready at "+c.Listen, "")
}

// expiring is how soon a certificate ends that should have been renewed by now.
const expiring = 14 * 24 * time.Hour

// proxy tries the way that the world takes.
func (c doctorCommand) proxy(ctx context.Context, _ *run) diagnosis {
	if c.PublicURL == "" {
		return diagnosis{}
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Host == "" {
		return says(trouble, fmt.Sprintf("--public-url %q is no address", c.PublicURL), "give it as https://fic.example")
	}
	status, body, state, err := get(ctx, u.JoinPath("healthz").String())
	switch {
	case err != nil:
		return says(trouble, err.Error(), "see that the name leads to this machine, and that the proxy runs")
	case status == http.StatusMisdirectedRequest:
		return says(trouble, "the proxy changes the Host header", "pass it on: see the examples in deploy/")
	case status != http.StatusOK || body != "ok\n":
		return says(trouble, fmt.Sprintf("%s answers %d, which is not Ficstead", c.PublicURL, status), "see where the proxy sends requests")
	}
	if status, _, _, err := get(ctx, u.JoinPath("metrics").String()); err == nil && status == http.StatusOK {
		return says(trouble, "/metrics can be read by everybody", "see that the proxy sets X-Forwarded-For, and that the server knows its --public-url")
	}
	switch {
	case state == nil:
		return says(doubt, "it is plain HTTP, which anybody on the way can read and change", "have the proxy get a certificate")
	case time.Until(state.PeerCertificates[0].NotAfter) < expiring:
		return says(doubt, "the certificate ends at "+state.PeerCertificates[0].NotAfter.Format(time.RFC3339), "see why it is not renewed")
	}
	return says(fine, "reached at "+c.PublicURL, "")
}

// get fetches a small text, without following to another place.
func get(ctx context.Context, address string) (status int, body string, state *tls.ConnectionState, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, "", nil, err
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return 0, "", nil, err
	}
	defer response.Body.Close()
	b, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	return response.StatusCode, string(b), response.TLS, err
}
