package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficstead/internal/doctor"
)

// examined is what the doctor says of a data folder, by check.
func examined(t *testing.T, data string, args ...string) (code int, all map[string]doctor.Diagnosis) {
	t.Helper()
	args = append([]string{"doctor", "--json", "--listen", "127.0.0.1:1"}, args...)
	code, out, errs := call(t, data, args...)
	all = map[string]doctor.Diagnosis{}
	for line := range strings.Lines(out) {
		var d doctor.Diagnosis
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatalf("%q: %v (%s)", line, err, errs)
		}
		all[d.Check] = d
		if d.Level != doctor.Fine && d.Message == "" {
			t.Errorf("%s says nothing", d.Check)
		}
	}
	return code, all
}

func TestDoctor(t *testing.T) {
	backups, early := t.TempDir(), time.Now().Add(-30*24*time.Hour)
	archive := func(t *testing.T) string {
		data := filepath.Join(t.TempDir(), "data")
		want(t, exitRefused, data, "import", pile(t))
		return data
	}
	for name, c := range map[string]struct {
		spoil func(t *testing.T, data string)
		args  []string
		check string
		level string
		says  string
		code  int
	}{
		"nothing wrong":         {nil, []string{"--backup-to", backups}, "database", doctor.Fine, "SQLite", 0},
		"an open folder":        {func(t *testing.T, data string) { os.Chmod(data, 0o755) }, nil, "folder", doctor.Doubt, "read by others", exitRefused},
		"no backups":            {nil, nil, "backup", doctor.Doubt, "no backups", exitRefused},
		"an empty backup place": {nil, []string{"--backup-to", t.TempDir()}, "backup", doctor.Trouble, "there is no backup", exitDamaged},
		"damage": {func(t *testing.T, data string) {
			if err := os.WriteFile(filepath.Join(data, databaseFile), []byte("no database at all, but long enough to be looked at"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, []string{"--backup-to", backups}, "database", doctor.Trouble, "", exitDamaged},
		"a clock that went back": {func(t *testing.T, data string) {
			if err := os.Chtimes(filepath.Join(data, databaseFile), time.Time{}, time.Now().Add(48*time.Hour)); err != nil {
				t.Fatal(err)
			}
		}, []string{"--backup-to", backups}, "clock", doctor.Doubt, "was written at", exitRefused},
		"an address that is none": {nil, []string{"--backup-to", backups, "--public-url", "fic"}, "proxy", doctor.Trouble, "no address", exitDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			data := archive(t)
			if c.spoil != nil {
				c.spoil(t, data)
			}
			if err := os.WriteFile(filepath.Join(backups, "b.ficstead"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			code, all := examined(t, data, c.args...)
			if d := all[c.check]; d.Level != c.level || !strings.Contains(d.Message, c.says) || code != c.code {
				t.Errorf("exit %d, want %d; %s: %+v\nall: %v", code, c.code, c.check, d, all)
			}
		})
	}
	if err := os.Chtimes(filepath.Join(backups, "b.ficstead"), early, early); err != nil {
		t.Fatal(err)
	}
	if _, all := examined(t, t.TempDir(), "--backup-to", backups); all["backup"].Level != doctor.Trouble {
		t.Errorf("an old backup: %+v", all["backup"])
	}
	nowhere := filepath.Join(t.TempDir(), "none")
	if examined(t, nowhere); exists(nowhere) {
		t.Error("the doctor made a folder")
	}
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func TestDoctorOnPostgres(t *testing.T) {
	address := os.Getenv("TEST_POSTGRES")
	if address == "" {
		t.Skip("TEST_POSTGRES is not set")
	}
	_, all := examined(t, t.TempDir(), "--database", address)
	if d := all["database"]; d.Level != doctor.Fine || !strings.HasPrefix(d.Message, "PostgreSQL ") {
		t.Errorf("database: %+v", d)
	}
	if d := all["durability"]; d.Level == doctor.Trouble || d.Level == "" {
		t.Errorf("durability: %+v", d)
	}
	_, all = examined(t, t.TempDir(), "--database", "postgres://nobody@127.0.0.1:1/none")
	if d := all["database"]; d.Level != doctor.Trouble || d.Do == "" {
		t.Errorf("a database that is not there: %+v", d)
	}
}

// The doctor asks a running server, and tries the way through the proxy.
func TestDoctorAsksTheServer(t *testing.T) {
	leaking, status, body := false, 200, "ready\nok: disk\n"
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/readyz":
			w.WriteHeader(status)
			w.Write([]byte(body))
		case "/healthz":
			w.Write([]byte("ok\n"))
		case "/metrics":
			if !leaking {
				w.WriteHeader(404)
			}
		}
	}))
	defer s.Close()
	ask := func() (server, proxy doctor.Diagnosis) {
		_, all := examined(t, t.TempDir(), "--listen", strings.TrimPrefix(s.URL, "http://"), "--public-url", s.URL)
		return all["server"], all["proxy"]
	}
	if server, proxy := ask(); server.Level != doctor.Fine || proxy.Level != doctor.Doubt { // plain HTTP
		t.Errorf("%+v, %+v", server, proxy)
	}
	status, body, leaking = 503, "not ready\nfailed: disk: full\n", true
	if server, proxy := ask(); server.Level != doctor.Trouble || !strings.Contains(server.Message, "full") || proxy.Level != doctor.Trouble || !strings.Contains(proxy.Message, "everybody") {
		t.Errorf("%+v, %+v", server, proxy)
	}
}
