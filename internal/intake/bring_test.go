package intake

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var owner = archive.Viewer{Person: archive.Owner}

func statuses(receipts []archive.Receipt) string {
	var all []string
	for _, r := range receipts {
		all = append(all, r.Source+" "+string(r.Status))
	}
	return strings.Join(all, "; ")
}

func count(t *testing.T, s *store.Store) (n int) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		n, err = tx.CountWorks()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestBringABatch(t *testing.T) {
	s := storetest.Open(t)
	batch := fileOf("all.zip", zipOf(t,
		member{name: "one.html", data: download(1, "2020-01-02", "<p>"+fill(20)+"</p>")},
		member{name: "bad.pdf", data: "%PDF-1.4"},
		member{name: "two.html", data: download(2, "2020-01-02", "<p>"+fill(30)+"</p>")},
		member{name: "inner.zip", data: string(zipOf(t, member{name: "x.txt", data: "x"}))},
		member{name: "three.txt", data: "Three\n\n" + fill(40)},
	))
	if got := statuses(Bring(t.Context(), s, owner, batch, true)); strings.Count(got, "new") != 3 || strings.Count(got, "refused") != 2 {
		t.Errorf("dry run: %s", got)
	}
	if n := count(t, s); n != 0 {
		t.Fatalf("a dry run kept %d works", n)
	}
	want := "all.zip!one.html new; all.zip!bad.pdf refused; all.zip!two.html new; all.zip!inner.zip refused; all.zip!three.txt new"
	receipts := Bring(t.Context(), s, owner, batch, false)
	if got := statuses(receipts); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if r := receipts[0]; r.Work == 0 || r.Title != "Work 1" || r.Kind != "ao3-html" || r.Error != "" {
		t.Errorf("receipt: %+v", r)
	}
	if r := receipts[1]; r.Work != 0 || r.Error == "" {
		t.Errorf("receipt: %+v", r)
	}
	if got, want := statuses(Bring(t.Context(), s, owner, batch, false)), strings.ReplaceAll(want, "new", "same"); got != want {
		t.Errorf("again: got  %s\nwant %s", got, want)
	}
	if n := count(t, s); n != 3 {
		t.Errorf("%d works, want 3", n)
	}
}

func TestBringANewerCopy(t *testing.T) {
	s := storetest.Open(t)
	bring := func(name, data string) archive.Receipt {
		return Bring(t.Context(), s, owner, fileOf(name, []byte(data)), false)[0]
	}
	first := bring("a.html", download(5, "2020-02-02", "<p>one</p>"))
	second := bring("b.html", download(5, "2020-03-03", "<p>one</p>", "<p>two</p>"))
	old := bring("c.html", download(5, "2020-01-01", "<p>older one</p>"))
	if first.Status != archive.StatusNew || second.Status != archive.StatusUpdated || old.Status != archive.StatusSame {
		t.Errorf("got %s, %s, %s", first.Status, second.Status, old.Status)
	}
	if second.Work != first.Work || len(old.Warnings) == 0 {
		t.Errorf("got %+v, %+v", second, old)
	}
}

func TestBringGoesOnWhereItWasCutOff(t *testing.T) {
	s := storetest.Open(t)
	var members []member
	for i := range 6 {
		members = append(members, member{name: string(rune('a'+i)) + ".html", data: download(i+1, "2020-01-02", "<p>"+fill(20*(i+1))+"</p>")})
	}
	batch := fileOf("all.zip", zipOf(t, members...))
	files, err := Expand(batch)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files[:3] { // as far as it came
		Bring(t.Context(), s, owner, f, false)
	}
	cut, cancel := context.WithCancel(t.Context())
	cancel()
	if receipts := Bring(cut, s, owner, batch, false); len(receipts) != 0 {
		t.Errorf("after the end: %s", statuses(receipts))
	}
	got := statuses(Bring(t.Context(), s, owner, batch, false))
	if strings.Count(got, "same") != 3 || strings.Count(got, "new") != 3 || count(t, s) != 6 {
		t.Errorf("got %s, %d works", got, count(t, s))
	}
}

func TestBringTellsWhatItCannotDo(t *testing.T) {
	s := storetest.Open(t)
	for _, c := range []struct {
		name string
		by   archive.Viewer
		data func() ([]byte, error)
		want string
	}{
		{"a visitor", archive.Viewer{}, func() ([]byte, error) { return []byte(fill(30)), nil }, "Sign in"},
		{"a file that is gone", owner, func() ([]byte, error) { return nil, errors.New("no such file") }, "could not be opened"},
		{"a fault while reading bytes", owner, func() ([]byte, error) { panic("a bug") }, "our fault"},
	} {
		receipts := Bring(t.Context(), s, c.by, File{Name: c.name, Data: c.data}, false)
		if len(receipts) != 1 || receipts[0].Status != archive.StatusRefused {
			t.Errorf("%s: %s", c.name, statuses(receipts))
			continue
		}
		if receipts[0].Source != c.name {
			t.Errorf("%s: source %q", c.name, receipts[0].Source)
		}
		checkSentence(t, c.name, receipts[0].Error, c.want)
	}
}

func TestPicturesBesideAPageInAZIP(t *testing.T) {
	data := zipOf(t,
		member{name: "story/page.html", data: `<html><head><title>A</title></head><body><p>` + fill(40) + `</p><p><img src="pics/lamp%20one.png" alt="a lamp"></p></body></html>`},
		member{name: "story/pics/lamp one.png", data: pngOf(t)})
	files, err := Expand(fileOf("a.zip", data))
	if err != nil {
		t.Fatal(err)
	}
	page, _ := files[0].Data()
	m, _, err := read(files[0].Name, page, nil, files[0].Beside)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Attachments) != 1 || !strings.Contains(m.Chapters[0].Text.HTML(), "image:"+m.Attachments[0].Sum) {
		t.Errorf("%d attachments; %s", len(m.Attachments), m.Chapters[0].Text.HTML())
	}
}

func TestNamesInOldEncodings(t *testing.T) {
	s := storetest.Open(t)
	f := File{Name: "caf\xe9.txt", Data: func() ([]byte, error) { return []byte("A story.\n\nIt went on.\n"), nil }}
	got := Bring(t.Context(), s, owner, f, false)
	if len(got) != 1 || got[0].Status != archive.StatusNew || got[0].Source != "caf\uFFFD.txt" {
		t.Errorf("got %+v", got)
	}
}
