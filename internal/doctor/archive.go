package doctor

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
func (p Patient) examine(ctx context.Context) (facts migrations.Facts, ok bool, err error) {
	address := p.Database
	if address == "" {
		address = p.Files["database"]
		if _, err := os.Stat(address); err != nil {
			return facts, false, nil // an empty folder is not made an archive by looking at it
		}
	}
	facts, err = migrations.Examine(ctx, address)
	return facts, true, err
}

func (p Patient) database(ctx context.Context) Diagnosis {
	facts, ok, err := p.examine(ctx)
	switch {
	case !ok:
		return says(Doubt, "there is no archive in "+p.Data+" yet", "")
	case err != nil && p.Database != "":
		return says(Trouble, fmt.Sprintf("it does not answer: %v", err), "see that PostgreSQL runs, and that the address, user and password of --database are right")
	case err != nil:
		return says(Trouble, err.Error(), "if it is damaged, restore a backup: ficstead restore")
	}
	return says(Fine, facts.Version, "")
}

// durable is what each setting must be for an acknowledged write to survive a
// power cut.
var durable = map[string][]string{
	"journal_mode": {"wal"}, "synchronous": {"2", "3"},
	"fsync": {"on"}, "full_page_writes": {"on"}, "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
	"transaction_read_only": {"off"},
}

func (p Patient) durability(ctx context.Context) Diagnosis {
	facts, ok, err := p.examine(ctx)
	if !ok || err != nil {
		return Diagnosis{}
	}
	for name, good := range durable {
		if value, asked := facts.Settings[name]; asked && !slices.Contains(good, value) {
			return says(Trouble, fmt.Sprintf("%s is %s: a power cut may lose or damage what was kept", name, value), fmt.Sprintf("set %s to %s in the database's configuration", name, good[0]))
		}
	}
	if facts.Settings["data_checksums"] == "off" {
		return says(Doubt, "data checksums are off: PostgreSQL does not notice when its disk damages what it keeps", "stop the database and run pg_checksums --enable; Ficstead's own sums find damage to works all the same")
	}
	return says(Fine, "an acknowledged write survives a power cut", "")
}

func (p Patient) tables(ctx context.Context) Diagnosis {
	facts, ok, err := p.examine(ctx)
	switch {
	case !ok || err != nil:
		return Diagnosis{}
	case facts.Newer != nil:
		return says(Trouble, facts.Newer.Error(), "install the newer version; or restore the copy that was made before the upgrade")
	case facts.Left > 0:
		return says(Doubt, fmt.Sprintf("an older version made them: %d changes are left to do", facts.Left), "the next start does them, after a backup of its own")
	}
	return says(Fine, "of this version", "")
}

func (p Patient) index(_ context.Context) Diagnosis {
	info, err := os.Stat(p.Files["index"])
	switch {
	case errors.Is(err, os.ErrNotExist):
		return says(Fine, "none is kept yet; the next start builds it", "")
	case err != nil:
		return says(Doubt, err.Error(), "remove the folder index in the data folder: it is made anew")
	}
	return says(Fine, fmt.Sprintf("%d MB, of %s", info.Size()>>20, info.ModTime().UTC().Format(time.RFC3339)), "")
}

// stored is what the last check in the background found.
func (p Patient) stored(ctx context.Context) Diagnosis {
	facts, ok, err := p.examine(ctx)
	if !ok || err != nil || facts.Newer != nil || facts.Left > 0 {
		return Diagnosis{} // opening it would change it
	}
	s, err := p.Open(ctx)
	if err != nil {
		return says(Trouble, err.Error(), "run ficstead check")
	}
	defer s.Close()
	return lastScrub(ctx, s)
}

func lastScrub(ctx context.Context, s *store.Store) Diagnosis {
	state, err := check.LoadScrub(ctx, s)
	switch {
	case err != nil:
		return says(Trouble, err.Error(), "run ficstead check")
	case state.Trouble() != "":
		return says(Trouble, state.Trouble(), "run ficstead check: it names what is damaged and how to get it back")
	case state.Last.Ended.IsZero():
		return says(Fine, "not checked yet; a server does it in the background, ficstead check does it now", "")
	}
	return says(Fine, "everything was checked at "+state.Last.Ended.UTC().Format(time.RFC3339), "")
}

// stale is the age of a backup from which on it is asked about.
const stale = 8 * 24 * time.Hour

func (p Patient) backup(_ context.Context) Diagnosis {
	if p.BackupTo == "" {
		return says(Doubt, "no backups are scheduled", "let the server make them: --backup-to with a folder on another disk, in config.toml as backup-to")
	}
	files, err := filepath.Glob(filepath.Join(p.BackupTo, "*.ficstead*"))
	if err != nil || len(files) == 0 {
		return says(Trouble, "there is no backup in "+p.BackupTo, "run ficstead backup, and see that the server is started with --backup-to")
	}
	var newest time.Time
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	age := time.Since(newest).Round(time.Minute)
	if age > stale {
		return says(Trouble, fmt.Sprintf("the newest backup is %s old", age), "see in the server's log why the later ones failed")
	}
	return says(Fine, fmt.Sprintf("the newest is %s old", age), "")
}

// server asks the server of this machine how it is, if it runs.
func (p Patient) server(ctx context.Context) Diagnosis {
	status, body, _, err := get(ctx, "http://"+p.Listen+"/readyz")
	if err != nil {
		return says(Fine, "none answers at "+p.Listen, "")
	}
	var bad []string
	for line := range strings.Lines(body) {
		if !strings.HasPrefix(line, "ok: ") && line != "ready\n" {
			bad = append(bad, strings.TrimSpace(line))
		}
	}
	switch {
	case status != http.StatusOK && status != http.StatusServiceUnavailable:
		return says(Doubt, fmt.Sprintf("something else answers at %s (%d)", p.Listen, status), "another program has this port, or --listen differs")
	case status != http.StatusOK:
		return says(Trouble, strings.Join(bad, "; "), "")
	case len(bad) > 0:
		return says(Doubt, strings.Join(bad, "; "), "")
	}
	return says(Fine, "ready at "+p.Listen, "")
}

// expiring is how soon a certificate ends that should have been renewed by now.
const expiring = 14 * 24 * time.Hour

// proxy tries the way that the world takes.
func (p Patient) proxy(ctx context.Context) Diagnosis {
	if p.PublicURL == "" {
		return Diagnosis{}
	}
	u, err := url.Parse(p.PublicURL)
	if err != nil || u.Host == "" {
		return says(Trouble, fmt.Sprintf("--public-url %q is no address", p.PublicURL), "give it as https://fic.example")
	}
	status, body, state, err := get(ctx, u.JoinPath("healthz").String())
	switch {
	case err != nil:
		return says(Trouble, err.Error(), "see that the name leads to this machine, and that the proxy runs")
	case status == http.StatusMisdirectedRequest:
		return says(Trouble, "the proxy changes the Host header", "pass it on: see the examples in deploy/")
	case status != http.StatusOK || body != "ok\n":
		return says(Trouble, fmt.Sprintf("%s answers %d, which is not Ficstead", p.PublicURL, status), "see where the proxy sends requests")
	}
	if status, _, _, err := get(ctx, u.JoinPath("metrics").String()); err == nil && status == http.StatusOK {
		return says(Trouble, "/metrics can be read by everybody", "see that the proxy sets X-Forwarded-For, and that the server knows its --public-url")
	}
	switch {
	case state == nil:
		return says(Doubt, "it is plain HTTP, which anybody on the way can read and change", "have the proxy get a certificate")
	case time.Until(state.PeerCertificates[0].NotAfter) < expiring:
		return says(Doubt, "the certificate ends at "+state.PeerCertificates[0].NotAfter.Format(time.RFC3339), "see why it is not renewed")
	}
	return says(Fine, "reached at "+p.PublicURL, "")
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
