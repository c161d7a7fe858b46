package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

// call runs a command on a data folder and returns exit code, output and errors.
func call(t *testing.T, data string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = start(t.Context(), append(args, "--data", data), &o, &e)
	return code, o.String(), e.String()
}

// want fails the test unless a command ends with code.
func want(t *testing.T, code int, data string, args ...string) string {
	t.Helper()
	got, out, errs := call(t, data, args...)
	if got != code {
		t.Fatalf("ficstead %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, out, errs)
	}
	return out
}

// pile writes a folder of files: two works, and two that are none.
func pile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"lamp.txt":         "Title: The Lamp\nAuthor: hollowmere\n\nShe lit it every evening, and nobody asked her what for.\n\n* * *\n\nThen somebody asked.\n",
		"deeper/kettle.md": "---\ntitle: The Kettle\ncreators: [quillwort]\nfandoms: [The Lighthouse Sagas]\n---\n\nIt sang, and *he* did not.\n",
		"empty.html":       "",
		"picture.epub":     "\x89PNG\r\n\x1a\n0000",
		".hidden.txt":      "nobody named this one",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func receipts(t *testing.T, out string) map[string]receiptJSON {
	t.Helper()
	all := map[string]receiptJSON{}
	for line := range strings.Lines(out) {
		var r receiptJSON
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all[filepath.Base(r.Source)] = r
	}
	return all
}

func TestUsage(t *testing.T) {
	data := t.TempDir()
	want(t, exitUsage, data, "import")
	want(t, exitUsage, data, "no-such-command")
	want(t, exitUsage, data, "export", "--format", "docx")
	want(t, exitFailed, data, "import", filepath.Join(data, "not there"))
	if out := want(t, 0, data, "version"); !strings.Contains(out, "go1.") {
		t.Errorf("version printed %q", out)
	}
	if out := want(t, 0, data, "--help"); !strings.Contains(out, "import") {
		t.Errorf("--help printed %q", out)
	}
}

func TestImport(t *testing.T) {
	data, files := t.TempDir(), pile(t)
	out := want(t, exitRefused, data, "import", "--dry-run", "--json", files)
	if r := receipts(t, out)["lamp.txt"]; r.Status != "new" || r.Work != 0 {
		t.Errorf("a dry run's receipt: %+v", r)
	}
	first := receipts(t, want(t, exitRefused, data, "import", "--json", files))
	if len(first) != 4 {
		t.Errorf("%d receipts, want 4: %v", len(first), first)
	}
	for name, status := range map[string]string{"lamp.txt": "new", "kettle.md": "new", "empty.html": "refused", "picture.epub": "refused"} {
		r := first[name]
		if string(r.Status) != status || (r.Error == "") == (status == "refused") || (r.Work == 0) == (status == "new") {
			t.Errorf("%s: %+v, want %s", name, r, status)
		}
	}
	again := receipts(t, want(t, exitRefused, data, "import", "--json", files))
	for _, name := range []string{"lamp.txt", "kettle.md"} {
		if r := again[name]; r.Status != "same" || r.Work != first[name].Work {
			t.Errorf("%s again: %+v, want the same work %d", name, r, first[name].Work)
		}
	}
}

func TestFindAndExport(t *testing.T) {
	data, out := t.TempDir(), t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	found := want(t, 0, data, "find", "--json", `fandom:"The Lighthouse Sagas"`)
	var work struct {
		Title    string
		Creators []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(found), &work); err != nil || work.Title != "The Kettle" || work.Creators[0].Name != "quillwort" {
		t.Fatalf("found %q: %v", found, err)
	}
	for _, format := range []string{"epub", "html", "md", "txt"} {
		path := strings.TrimSpace(want(t, 0, data, "export", "--format", format, "--out", out, "title:kettle"))
		if info, err := os.Stat(path); err != nil || info.Size() == 0 || filepath.Ext(path) != "."+format {
			t.Errorf("%s was written as %q: %v", format, path, err)
		}
	}
	if text := want(t, 0, data, "export", "--format", "txt", "--out", "-"); !strings.Contains(text, "The Lamp") || !strings.Contains(text, "The Kettle") {
		t.Errorf("an export of everything: %q", text)
	}
	if found := want(t, 0, data, "find", "-kettle"); strings.Contains(found, "Kettle") || !strings.Contains(found, "Lamp") {
		t.Errorf("find -kettle: %q", found)
	}
	each := filepath.Join(out, "each")
	want(t, 0, data, "export", "--each", "--format", "html", "--out", each)
	if entries, err := os.ReadDir(each); len(entries) != 2 {
		t.Errorf("--each wrote %v, %v, want two files", entries, err)
	}
	for name, r := range receipts(t, want(t, 0, data, "import", "--json", each)) {
		if r.Status != "same" {
			t.Errorf("our own %s brought in again: %+v, want the same", name, r)
		}
	}
	want(t, exitFailed, data, "export", "nobodywrotethis")
	want(t, exitFailed, data, "export", "--format", "pdf", "title:kettle")
	if out := want(t, 0, data, "reindex"); !strings.HasPrefix(out, "2 works") {
		t.Errorf("reindex printed %q", out)
	}
}

func TestMend(t *testing.T) {
	data, files := t.TempDir(), pile(t)
	var m mendJSON
	out := want(t, 0, data, "mend", "--json", filepath.Join(files, "lamp.txt"))
	if err := json.Unmarshal([]byte(out), &m); err != nil {
		t.Fatal(err)
	}
	if m.Title != "The Lamp" || len(m.Chapters) != 1 || !strings.Contains(m.Chapters[0].HTML, "<hr>") {
		t.Errorf("mend --json: %+v", m)
	}
	if out := want(t, 0, data, "mend", filepath.Join(files, "lamp.txt")); !strings.Contains(out, "Then somebody asked.") {
		t.Errorf("mend printed %q", out)
	}
	want(t, exitRefused, data, "mend", filepath.Join(files, "empty.html"))
	lamp := filepath.Join(files, "marked.txt")
	text := "Title: The Lamp\nAuthor: hollowmere\n\nShe lit it every evening, and nobody asked her what for.\n\n~*~*~*~\n\nThen somebody asked.\n"
	if err := os.WriteFile(lamp, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want(t, 0, data, "mend", "--json", lamp)), &m); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(m.Mends, func(m oneMendJSON) bool { return m.Rule == "scene-break" })
	if i < 0 || len(m.Mends[i].ID) != 16 || m.Mends[i].Tier != archive.TierA || !m.Mends[i].Applied {
		t.Fatalf("mends: %+v", m.Mends)
	}
	id := m.Mends[i].ID
	if out := want(t, 0, data, "mend", lamp); !strings.Contains(out, "Scene breaks (scene-break) ×1") || !strings.Contains(out, id) || !strings.Contains(out, "{+* * *+}") || strings.Contains(out, "\x1b") {
		t.Errorf("mend printed %q", out)
	}
	if out := want(t, 0, data, "mend", "--color", "always", lamp); !strings.Contains(out, "\x1b[32;4m") {
		t.Errorf("in colour: %q", out)
	}
	if out := want(t, 0, data, "mend", "--undo", id, lamp); !strings.Contains(out, id+"  chapter 1, tier A, certain, undone") || !strings.Contains(out, "1 undone") {
		t.Errorf("--undo: %q", out)
	}
	var only mendJSON
	if err := json.Unmarshal([]byte(want(t, 0, data, "mend", "--json", "--only", "wrap", lamp)), &only); err != nil {
		t.Fatal(err)
	}
	for _, m := range only.Mends {
		if m.Applied && m.Rule != "wrap" {
			t.Errorf("--only wrap applied %+v", m)
		}
	}
	want(t, exitUsage, data, "mend", "--color", "sometimes", lamp)
	if entries, _ := os.ReadDir(data); len(entries) != 0 {
		t.Errorf("mend stored %v", entries)
	}
}

func TestBackUpAndRestore(t *testing.T) {
	data, elsewhere := t.TempDir(), t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	file := filepath.Join(elsewhere, "backup.zst")
	want(t, 0, data, "backup", file)
	want(t, exitFailed, data, "backup", file) // never over another backup
	restored := filepath.Join(elsewhere, "new")
	want(t, 0, restored, "restore", file)
	want(t, exitFailed, restored, "restore", file) // never over an archive
	for _, format := range []string{"epub", "html"} {
		before := want(t, 0, data, "export", "--format", format, "--out", "-")
		if after := want(t, 0, restored, "export", "--format", format, "--out", "-"); after != before {
			t.Errorf("the %s of the restored archive differs", format)
		}
	}
	want(t, 0, restored, "check")
	broken, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	broken[len(broken)/2] ^= 1
	if err := os.WriteFile(file, broken, 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, exitFailed, filepath.Join(elsewhere, "other"), "restore", file)
}

func TestCheckNamesDamage(t *testing.T) {
	data := t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	want(t, 0, data, "check")
	path := filepath.Join(data, databaseFile)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func([]byte){
		"its pages":  func(b []byte) { copy(b[len(b)/3:2*len(b)/3], bytes.Repeat([]byte("x"), len(b)/3)) },
		"its header": func(b []byte) { copy(b, "no database at all") },
	} {
		spoilt := bytes.Clone(sound)
		spoil(spoilt)
		if err := os.WriteFile(path, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		if out := want(t, exitDamaged, data, "check"); !strings.Contains(out, "damaged") {
			t.Errorf("%s spoilt: %q", name, out)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "misspelt")
	for _, command := range []string{"find", "check", "export", "reindex"} {
		if _, _, errs := call(t, nowhere, command); !strings.Contains(errs, "no archive in "+nowhere) {
			t.Errorf("%s: %q", command, errs)
		}
	}
	if _, err := os.Stat(nowhere); err == nil {
		t.Error("a misspelt folder was made")
	}
	want(t, exitFailed, t.TempDir(), "import", nowhere)
	want(t, exitFailed, t.TempDir(), "import", t.TempDir())
	want(t, exitFailed, t.TempDir(), "find", "--database", "mysql://localhost/x")
}

func TestConfigFile(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "config.toml"), []byte("listen = \"192.0.2.1:80\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, errs := call(t, data, "serve")
	if !strings.Contains(errs, "192.0.2.1:80") {
		t.Errorf("the address of config.toml was not used: %s", errs)
	}
	t.Setenv("FICSTEAD_LISTEN", "192.0.2.2:80")
	if _, _, errs := call(t, data, "serve"); !strings.Contains(errs, "192.0.2.2:80") {
		t.Errorf("the environment does not win over config.toml: %s", errs)
	}
	if _, _, errs := call(t, data, "serve", "--listen", "192.0.2.3:80"); !strings.Contains(errs, "192.0.2.3:80") {
		t.Errorf("the flag does not win over the environment: %s", errs)
	}
}

func TestServeStaysOnThisMachine(t *testing.T) {
	data := t.TempDir()
	for _, args := range [][]string{{"--listen", "0.0.0.0:0"}, {"--listen", ":0"}, {"--listen", "nonsense"}, {"--public-url", "https://fic.example"}, {"--public-url", "fic"}} {
		want(t, exitFailed, data, append([]string{"serve"}, args...)...)
	}
}

func TestServeEndsWell(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	ready, out := newLineWatcher()
	ended := make(chan int, 1)
	var errs bytes.Buffer
	go func() {
		ended <- start(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir()}, out, &errs)
	}()
	address := <-ready
	if body := fetch(t, address); !strings.Contains(body, "<h1") {
		t.Errorf("the first page: %.200q", body)
	}
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("exit %d: %s", code, errs.String())
	}
}
