package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// dumpOf is an archive of n stories as eFiction's own backup writes it, with
// two chapters each: the texts of the first stand in the dump, all others in files.
func dumpOf(n int) (dump string, files map[string]string) {
	var b strings.Builder
	files = map[string]string{}
	row := func(table string, values ...any) {
		for i, v := range values {
			values[i] = strings.NewReplacer("\\", "\\\\", `"`, `\"`, "\n", `\n`).Replace(fmt.Sprint(v))
		}
		fmt.Fprintf(&b, "INSERT INTO fanfiction_%s VALUES(\"%s\");\r\n", table, strings.Join(strings.Split(strings.TrimSpace(fmt.Sprintln(quote(values)...)), "\x01 "), `", "`))
	}
	b.WriteString("# Dump of fanfiction_authors \r\n# Dump DATE : 20-Apr-2020\r\n\r\n")
	for uid := 1; uid <= 3; uid++ {
		row("authors", uid, fmt.Sprintf("person%d", uid), "", fmt.Sprintf("person%d@example.org", uid), fmt.Sprintf("I am <b>person</b> %d.", uid), "", "2003-01-02 03:04:05", 0, "d41d8cd98f00b204e9800998ecf8427e")
	}
	row("categories", 1, -1, "Tea", "", "", 0, 0, 1, n)
	row("ratings", 1, "Teen", 0, "")
	for sid := 1; sid <= n; sid++ {
		uid := sid%3 + 1
		validated := 1
		if sid == 2 {
			validated = 0
		}
		row("stories", sid, fmt.Sprintf("Story %d", sid), "About <i>tea</i>.", "", "1", "", "", "1", "2004-05-06 00:00:00", "2005-06-07 00:00:00", uid, "0", 0, validated, 1, 0, 12, 0, 1, 100)
		for n := 1; n <= 2; n++ {
			chapid := 2*sid + n - 2
			text := fmt.Sprintf("<p>Chapter %d of story %d, with <i>enough</i> words to be read as one.</p>\n<p>It ends here, naïvely.</p>", n, sid)
			stored := text
			if sid > 1 || n > 1 {
				stored, files[fmt.Sprintf("stories/%d/%d.txt", uid, chapid)] = "", text
			}
			row("chapters", chapid, fmt.Sprintf("Chapter the %d", n), n, "", stored, "", 1, 12, 0, 0, sid, uid, 5)
		}
		row("reviews", sid, sid, 2*sid-1, "", 3, "Lovely.<br><br><i>Author's Response: Thanks!</i>", "2005-07-08 09:10:11", 8, 1, "ST")
	}
	row("settings", "main", "The Tea Archive", "always", "http://tea.example/efic", "a@tea.example", "", "", "", "en")
	row("messages", 1, "rules", "Rules", "<p>Be kind.</p>")
	return b.String(), files
}

// quote parts values by a character that none has.
func quote(values []any) []any {
	parted := make([]any, len(values))
	for i, v := range values {
		parted[i] = fmt.Sprint(v)
		if i < len(values)-1 {
			parted[i] = fmt.Sprint(v) + "\x01"
		}
	}
	return parted
}

// folder writes a dump and its files, as people have them.
func folder(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	dump, files := dumpOf(n)
	files["backup.sql"] = dump
	for name, text := range files {
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

func zipped(t *testing.T, dir string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := z.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return written(t, "whole.zip", b.Bytes())
}

func written(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// reportIn reads the report that a command wrote.
func reportIn(t *testing.T, dir string) rescue.Report {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := rescue.ParseReport(data)
	if err != nil {
		t.Fatal(err)
	}
	html, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil || !bytes.Contains(html, []byte("The Tea Archive")) || bytes.Contains(html, []byte("example.org")) {
		t.Errorf("report.html: %v, %.200s", err, html)
	}
	return report
}

// TestRescue imports an archive in each way that people have one.
func TestRescue(t *testing.T) {
	dir := folder(t, 5)
	dump, err := os.ReadFile(filepath.Join(dir, "backup.sql"))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(dump)
	z.Close()
	for _, c := range []struct {
		name string
		args []string
	}{
		{"dump and folder", []string{filepath.Join(dir, "backup.sql"), "--stories", filepath.Join(dir, "stories")}},
		{"dump and the folder above", []string{filepath.Join(dir, "backup.sql"), "--stories", dir}},
		{"packed dump and ZIP", []string{written(t, "backup.sql.gz", packed.Bytes()), "--stories", zipped(t, dir)}},
		{"a folder with both", []string{dir}},
		{"a ZIP with both", []string{zipped(t, dir)}},
		{"a dump by another name", []string{written(t, "something", dump), "--stories", dir}},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, out := t.TempDir(), filepath.Join(t.TempDir(), "report")
			args := append([]string{"import", "--json", "--report", out}, c.args...)
			want(t, 0, data, append(args, "--dry-run")...)
			if r := reportIn(t, out); !r.DryRun || r.Statuses != (rescue.Statuses{New: 5}) {
				t.Errorf("a dry run: %+v, %+v", r.Statuses, r.Refused)
			}
			first := receipts(t, want(t, 0, data, args...))
			r := reportIn(t, out)
			if len(first) != 5 || r.DryRun || r.Statuses != (rescue.Statuses{New: 5}) || len(r.Losses()) != 0 || len(r.Pending) != 1 {
				t.Fatalf("%d receipts, %+v, lost %+v", len(first), r.Statuses, r.Losses())
			}
			for _, count := range r.Counts {
				if kept := map[string]int{"stories": 5, "chapters": 10, "reviews": 5, "members": 3, "pages": 1}[count.What]; kept != 0 && count.Kept != kept {
					t.Errorf("%+v, want %d", count, kept)
				}
			}
			again := receipts(t, want(t, 0, data, args...))
			for key, receipt := range again {
				if receipt.Status != archive.StatusSame || receipt.Work != first[key].Work {
					t.Errorf("%s again: %+v", key, receipt)
				}
			}
			if listed := want(t, 0, data, "rescue", "list"); !strings.Contains(listed, "The Tea Archive (efiction:tea.example/efic), restricted: 5 works, 1 of them never approved; 5 reviews") {
				t.Errorf("rescue list says %q", listed)
			}
			if said := want(t, 0, data, "rescue", "open", "the tea archive"); !strings.Contains(said, "4 works") {
				t.Errorf("rescue open says %q", said)
			}
			want(t, exitFailed, data, "rescue", "open", "another")
			if said := want(t, 0, data, "rescue", "close", "tea.example/efic"); !strings.Contains(said, "4 works") {
				t.Errorf("rescue close says %q", said)
			}
			want(t, 0, data, "rescue", "report", "tea.example/efic", "--out", filepath.Join(t.TempDir(), "again"))
			want(t, 0, data, "check")
			backup := filepath.Join(t.TempDir(), "backup")
			want(t, 0, data, "backup", backup)
			restored := filepath.Join(t.TempDir(), "restored")
			want(t, 0, restored, "restore", backup)
			if listed := want(t, 0, restored, "rescue", "list", "--json"); !strings.Contains(listed, `"reviews":5`) {
				t.Errorf("restored: %q", listed)
			}
		})
	}
}

// TestRescueChoices honours lists of tags and of what to leave out.
func TestRescueChoices(t *testing.T) {
	dir, data, out := folder(t, 6), t.TempDir(), t.TempDir()
	args := []string{"import", "--report", out, dir}
	want(t, 0, data, append(args, "--leave-out", written(t, "list", []byte("# asked\nperson3@example.org\n3\n")))...)
	if r := reportIn(t, out); r.Statuses != (rescue.Statuses{New: 3, LeftOut: 3}) { // 2 and 5 are by person3
		t.Errorf("left out: %+v", r.Statuses)
	}
	list := filepath.Join(out, "tags.csv")
	rules, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(string(rules), "fandom,Tea", "character,Camellia", 1)
	if edited == string(rules) {
		t.Fatalf("the list of tags: %s", rules)
	}
	if err := os.WriteFile(list, []byte(edited), 0o644); err != nil {
		t.Fatal(err)
	}
	want(t, 0, data, append(args, "--map", list)...)
	if r := reportIn(t, out); r.Statuses != (rescue.Statuses{New: 3, Updated: 3}) {
		t.Errorf("with other tags: %+v", r.Statuses)
	}
	if found := want(t, 0, data, "find", "character:Camellia"); strings.Count(found, "Story") != 6 {
		t.Errorf("found %q", found)
	}
	want(t, 0, data, args...) // without the list: the edited one stays
	if now, err := os.ReadFile(list); err != nil || string(now) != edited {
		t.Errorf("the edited list is now %s, %v", now, err)
	}
	want(t, exitFailed, data, append(args, "--map", written(t, "bad.csv", []byte("list,id,old name,kind,name\ncategory,1,Tea,nonsense,Tea\n")))...)
	want(t, exitFailed, data, append(args, "--leave-out", filepath.Join(out, "not there"))...)
}

// TestRescueDamaged wants what can be had of damaged archives, and sentences.
func TestRescueDamaged(t *testing.T) {
	dump, _ := dumpOf(40)
	dir := folder(t, 40)
	for _, c := range []struct {
		name string
		args []string
		code int
		said string
	}{
		{"cut in the middle of a string", []string{written(t, "cut.sql", []byte(dump[:len(dump)/2])), "--stories", dir}, 0, "report:"},
		{"the wrong folder", []string{filepath.Join(dir, "backup.sql"), "--stories", t.TempDir()}, exitRefused, "neither in the dump nor in the folder"},
		{"no folder", []string{filepath.Join(dir, "backup.sql")}, exitRefused, "neither in the dump nor in the folder"},
		{"a folder that is not there", []string{filepath.Join(dir, "backup.sql"), "--stories", filepath.Join(dir, "none")}, exitFailed, "--stories names"},
		{"a folder that is a file", []string{filepath.Join(dir, "backup.sql"), "--stories", filepath.Join(dir, "backup.sql")}, exitFailed, "--stories names"},
		{"stories without a dump", []string{written(t, "a.txt", []byte("A story with several words in it.")), "--stories", dir}, exitFailed, "--stories belongs to one dump"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := t.TempDir()
			code, _, said := call(t, data, append([]string{"import", "--report", t.TempDir()}, c.args...)...)
			if code != c.code || !strings.Contains(said, c.said) {
				t.Errorf("exit %d, want %d; it said %q, want %q", code, c.code, said, c.said)
			}
			if code != exitFailed {
				want(t, 0, data, "check")
			}
		})
	}
	two := folder(t, 1)
	if err := os.WriteFile(filepath.Join(two, "older.sql"), []byte(dump), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, said := call(t, t.TempDir(), "import", two); !strings.Contains(said, "several dumps, backup.sql and older.sql") {
		t.Errorf("two dumps: %q", said)
	}
}

// TestRescueHuge takes no chapter of 65 MB, and all others.
func TestRescueHuge(t *testing.T) {
	dir := folder(t, 3)
	f, err := os.Create(filepath.Join(dir, "stories", "3", "3.txt")) // story 2, chapter 1
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(65 << 20); err != nil {
		t.Fatal(err)
	}
	f.Close()
	out := t.TempDir()
	code, _, said := call(t, t.TempDir(), "import", "--report", out, dir)
	r := reportIn(t, out)
	if code != 0 && code != exitRefused || len(r.Losses()) == 0 || r.Statuses.New < 2 {
		t.Errorf("exit %d: %s, %+v, %+v", code, said, r.Statuses, r.Losses())
	}
}

// TestRescueTwiceAtOnce runs two imports of one archive side by side.
func TestRescueTwiceAtOnce(t *testing.T) {
	dir, data := folder(t, 120), t.TempDir()
	var all sync.WaitGroup
	codes := make([]int, 2)
	said := make([]bytes.Buffer, 2)
	for i := range codes {
		out := t.TempDir()
		all.Go(func() {
			codes[i] = start(t.Context(), []string{"import", "--json", "--report", out, dir, "--data", data}, &said[i], &said[i])
		})
	}
	all.Wait()
	if codes[0] != 0 || codes[1] != 0 {
		t.Fatalf("exit %v: %s %s", codes, said[0].String(), said[1].String())
	}
	if listed := want(t, 0, data, "rescue", "list"); !strings.Contains(listed, "120 works, 1 of them never approved; 120 reviews") {
		t.Errorf("rescue list says %q", listed)
	}
	want(t, 0, data, "check")
}

// stopping stops a command after some lines of its output.
type stopping struct {
	bytes.Buffer
	lines int
	stop  context.CancelFunc
}

func (s *stopping) Write(p []byte) (int, error) {
	if s.lines -= bytes.Count(p, []byte("\n")); s.lines <= 0 {
		s.stop()
	}
	return s.Buffer.Write(p)
}

// TestRescueGoesOn stops an import in the middle; the next does the rest.
func TestRescueGoesOn(t *testing.T) {
	dir, data := folder(t, 300), t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	out := &stopping{lines: 60, stop: stop}
	var errs bytes.Buffer
	if code := start(ctx, []string{"import", "--json", "--report", t.TempDir(), dir, "--data", data}, out, &errs); code != exitFailed || !strings.Contains(errs.String(), "import the same archive again") {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	told := strings.Count(out.String(), "\n")
	report := t.TempDir()
	want(t, 0, data, "import", "--json", "--report", report, dir)
	r := reportIn(t, report)
	if r.Statuses.Same < told || told < 60 || r.Statuses.New == 0 || r.Statuses.Same+r.Statuses.New != 300 {
		t.Errorf("told %d, then %+v", told, r.Statuses)
	}
}

// TestRescueTellsNoAddress looks for people's addresses in all that goes out.
func TestRescueTellsNoAddress(t *testing.T) {
	dir, data := folder(t, 4), t.TempDir()
	out := want(t, 0, data, "import", "--json", "--report", t.TempDir(), dir)
	out += want(t, 0, data, "find", "--json", "")
	for _, format := range []string{"html", "md", "txt"} {
		path := filepath.Join(t.TempDir(), "book")
		want(t, 0, data, "export", "--format", format, "--out", path, "Story")
		book, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out += string(book)
	}
	if strings.Contains(out, "example.org") {
		t.Error("somebody's address went out")
	}
	s, err := store.Open(t.Context(), filepath.Join(data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Read(t.Context(), func(tx *store.Tx) error {
		return storetest.EachWork(tx, func(w archive.Work) error {
			text, err := json.Marshal(w)
			if strings.Contains(string(text), "example.org") {
				t.Errorf("work %d holds an address", w.ID)
			}
			return err
		})
	})
	if err != nil {
		t.Error(err)
	}
}

// TestFolderOfEverything has a dump, side by side dumps and a story in folders of one.
func TestFolderOfEverything(t *testing.T) {
	dir := t.TempDir()
	alone, side := filepath.Join(dir, "b", "alone"), filepath.Join(dir, "a", "side")
	for _, d := range []string{alone, side} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	old := folder(t, 2)
	if err := os.CopyFS(alone, os.DirFS(old)); err != nil {
		t.Fatal(err)
	}
	dump, err := os.ReadFile(filepath.Join(old, "backup.sql"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one.sql", "two.sql"} {
		if err := os.WriteFile(filepath.Join(side, name), dump, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "tale.txt"), []byte("Title: Tale\nAuthor: Quill\n\nA story with several words in it, and nothing more to tell.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, _ := call(t, t.TempDir(), "import", "--json", dir)
	if code != exitRefused || strings.Count(out, "Several dumps stand side by side") != 2 || !strings.Contains(out, `"title":"Tale"`) || !strings.Contains(out, `"kind":"efiction`) {
		t.Errorf("exit %d: %s", code, out)
	}
}
