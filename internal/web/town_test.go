package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/find"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
	"ficstead/internal/store/textindex"
	"ficstead/internal/web"
	"ficstead/internal/web/api"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
)

// viewers are every kind of person there is.
var viewers = []struct {
	name string
	archive.Viewer
}{
	{"visitor", archive.Viewer{}},
	{"keeper", archive.Viewer{Person: keeper}},
	{"reader", archive.Viewer{Person: 3}},
	{"moderator", archive.Viewer{Person: 4, Moderator: true}},
	{"owner", archive.Viewer{Person: archive.Owner}},
	{"owner who moderates", archive.Viewer{Person: archive.Owner, Moderator: true}},
	{"keeper who moderates", archive.Viewer{Person: keeper, Moderator: true}},
}

const keeper archive.PersonID = 2

// A state is all that a work may be besides what it says.
type state struct {
	visibility archive.Visibility
	quiet      bool // its text is not searched
	rescued    bool // from another archive, with what was around it
	likened    bool // it has a copy
}

// every asks about each state; without it of each visibility the barest and the fullest.
var every = flag.Bool("every", false, "ask about works in every state, not only in eight")

func states() (all []state) {
	for v := archive.Private; v <= archive.Public; v++ {
		for bits := range 8 {
			if *every || bits == 0 || bits == 7 {
				all = append(all, state{v, bits&1 > 0, bits&2 > 0, bits&4 > 0})
			}
		}
	}
	return all
}

func (s state) String() string {
	return fmt.Sprintf("%s quiet=%v rescued=%v likened=%v", s.visibility, s.quiet, s.rescued, s.likened)
}

// A dweller is a work of a town with all that belongs to it.
type dweller struct {
	state
	archive.Work
	marker  string // stands in everything of it, and nowhere else
	sum     string // of its original
	picture string
	batch   archive.ImportID
	receipt int64
	rescue  archive.RescueID
	other   archive.WorkID // the copy it has
}

// A town is a site with a work of every state.
type town struct {
	*web.Site
	handler  http.Handler
	all      []dweller
	log      *bytes.Buffer
	document struct {
		Paths map[string]map[string]any `json:"paths"`
	}
}

// newTown opens a site with a few works that everybody may see, and one work of
// each state beside them. The works for all come first, so that they are the same
// in a town without the others.
func newTown(t *testing.T, of []state) *town {
	t.Helper()
	s := storetest.Open(t)
	dice := rand.New(rand.NewPCG(7, 11))
	tn := &town{log: new(bytes.Buffer)}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(tn.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	change := func(f func(tx *store.Tx) error) {
		t.Helper()
		if err := s.Write(context.Background(), f); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 5 {
		w, chapters := story(fmt.Sprintf("plain%d", i), archive.Public)
		change(func(tx *store.Tx) error { return tx.AddWork(&w, chapters, nil) })
		tn.all = append(tn.all, dweller{state: state{visibility: archive.Public}, Work: w, marker: fmt.Sprintf("plain%d", i)})
	}
	for _, st := range of {
		d := dweller{state: st, marker: "zq" + word(dice, 12)}
		change(func(tx *store.Tx) error { return d.move(tx) })
		tn.all = append(tn.all, d)
	}
	texts, err := textindex.Open(t.Context(), s, filepath.Join(t.TempDir(), "text.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { texts.Close() })
	finder, err := find.Open(t.Context(), s, find.Options{Inside: texts})
	if err == nil {
		err = texts.CatchUp(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	tn.Site = &web.Site{Development: true, Room: page.Room{Store: s, Finder: finder, Clock: func() time.Time { return madeup.Day }, Person: func(r *http.Request) archive.Viewer {
		n, _ := strconv.Atoi(r.Header.Get("Test-Viewer"))
		return viewers[n].Viewer
	}}}
	tn.Site.API = api.New(tn.Site)
	tn.handler = tn.Site.Handler()
	if err := json.Unmarshal([]byte(tn.ask(t, 0, http.MethodGet, "/api/v1/openapi.json", nil).body), &tn.document); err != nil {
		t.Fatal(err)
	}
	return tn
}

func word(dice *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = 'a' + byte(dice.IntN(26))
	}
	return string(b)
}

func story(m string, v archive.Visibility) (archive.Work, []archive.Chapter) {
	text := func(what string) prose.Doc { return prose.Parse("<p>the " + what + " of " + m + what + "</p>") }
	w := archive.Work{
		Keeper: keeper, Visibility: v, Title: m + "title of it", Language: "en", Complete: true, Recipient: []string{m + "friend"},
		Creators: []archive.Creator{{Name: m + "creator"}},
		Tags: []archive.Tag{{Kind: archive.Rating, Name: archive.RatingTeen}, {Kind: archive.Fandom, Name: m + "fandom"}, {Kind: archive.Relationship, Name: m + "one/" + m + "two"},
			{Kind: archive.CharacterTag, Name: m + "one"}, {Kind: archive.Freeform, Name: m + "tag"}, {Kind: archive.Freeform, Name: "common tag"}},
		Series:      []archive.Part{{Series: archive.Series{Title: m + "series"}, Number: 1}},
		Collections: []string{m + "collection"}, Summary: text("summary"), Notes: text("notes"), EndNotes: text("end"),
		Source: archive.Source{URL: "http://" + m + ".example/story", Site: m + ".example", Key: m + "key"},
		Posted: madeup.Day, Updated: madeup.Day, Added: madeup.Day, Changed: madeup.Day,
	}
	return w, []archive.Chapter{
		{Number: 1, Title: m + "first", Text: text("text"), Summary: text("chaptersummary"), Notes: text("chapternotes")}, {Number: 2, Title: m + "second", Text: text("more")},
	}
}

// move brings the work in with everything that a work can have.
func (d *dweller) move(tx *store.Tx) error {
	m := d.marker
	w, chapters := story(m, d.visibility)
	mend := archive.Mend{Rule: "spaces", Chapter: 1, Before: m + "before", After: m + "after", Confidence: 1, Applied: true}
	if err := tx.AddWork(&w, chapters, []archive.Mend{mend, {Rule: "spaces", Chapter: 2, Before: m + "could", After: m + "be", Confidence: .5}}); err != nil {
		return err
	}
	d.Work = w
	file := []byte("<title>" + m + "original</title><p>the text of " + m + "text</p>")
	d.sum = sumOf(file)
	if err := tx.AddOriginal(store.Original{Sum: d.sum, Work: w.ID, Revision: 1, Kind: "html", Name: m + "file.html", Data: file}); err != nil {
		return err
	}
	drawn := picture(m)
	d.picture = sumOf(drawn)
	if err := tx.AddAttachment(w.ID, archive.Attachment{Sum: d.picture, MediaType: "image/png", Data: drawn}); err != nil {
		return err
	}
	batch := store.Import{Owner: keeper}
	if err := tx.AddImport(&batch); err != nil {
		return err
	}
	d.batch = batch.ID
	item, err := tx.AddImportItem(batch.ID, m+"file.html", file)
	if err == nil {
		err = tx.FinishItem(item, []archive.Receipt{{Source: m + "file.html", Kind: "html", Status: archive.StatusNew, Work: w.ID, Title: w.Title, Mends: []archive.Mend{mend}, Warnings: []string{m + "warning"}}})
	}
	if err != nil {
		return err
	}
	d.receipt = item
	if d.quiet {
		if err := tx.SetNoTextSearch(w.ID, true); err != nil {
			return err
		}
	}
	if d.likened {
		copied, chapters := story(m+"copy", d.visibility)
		if err := tx.AddWork(&copied, chapters, nil); err != nil {
			return err
		}
		d.other = copied.ID
		if err := tx.SetLikeness(archive.Likeness{Work: w.ID, Other: copied.ID, Alike: archive.SameText, OfWork: 1, OfOther: 1}); err != nil {
			return err
		}
	}
	if d.rescued {
		return d.wasElsewhere(tx)
	}
	return nil
}

// wasElsewhere gives the work an archive that it was rescued from, which is seen
// by those who may see the work.
func (d *dweller) wasElsewhere(tx *store.Tx) error {
	m := d.marker
	r := store.Rescue{Keeper: keeper, Key: "efiction:" + m + ".example", Kind: "efiction", Visibility: d.visibility, Site: archive.RescuedSite{Name: m + "site", URL: "http://" + m + ".example"}}
	if err := tx.EnsureRescue(&r); err != nil {
		return err
	}
	d.rescue = r.ID
	if err := tx.SetRescuedWork(r.ID, store.RescuedWork{Key: r.Key + ":sid:" + m, Work: d.ID, Chapters: []int{1, 2}}); err != nil {
		return err
	}
	review := archive.Review{Name: m + "reviewer", Chapter: 1, Text: prose.Parse("<p>" + m + "review</p>"), Answer: prose.Parse("<p>" + m + "answer</p>"), Written: madeup.Day}
	if err := tx.SetReviews(d.ID, r.ID, []archive.Review{review}); err != nil {
		return err
	}
	person := archive.RescuedPerson{Key: r.Key + ":uid:1", Name: m + "creator", Author: true, Email: m + "@example.org", Bio: prose.Parse("<p>" + m + "bio</p>")}
	if err := tx.SetRescuedPeople(r.ID, []store.RescuedPerson{{Creator: d.Creators[0].ID, RescuedPerson: person}}); err != nil {
		return err
	}
	if err := tx.SetPages(r.ID, []archive.RescuedPage{{Name: "rules", Title: m + "rules", Text: prose.Parse("<p>" + m + "rule</p>")}}); err != nil {
		return err
	}
	return tx.FinishRescue(r.ID, rescue.Report{Name: m + "report"}.JSON())
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// picture is one whose metadata says m.
func picture(m string) []byte {
	var drawn bytes.Buffer
	_ = png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 4, 4))) // a bytes.Buffer takes everything
	text := append([]byte("tEXtComment\x00"), m...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(text)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, text...), crc32.ChecksumIEEE(text))
	const header = 8 + 25
	return slices.Concat(drawn.Bytes()[:header], chunk, drawn.Bytes()[header:])
}

// A reply is what came back, with books unpacked.
type reply struct {
	status int
	header http.Header
	body   string
}

// all is every byte that was sent.
func (r reply) all() string {
	var all strings.Builder
	_ = r.header.Write(&all) // a strings.Builder takes everything
	all.WriteString(r.body)
	return all.String()
}

func (tn *town) ask(t *testing.T, who int, method, target string, form url.Values) reply {
	t.Helper()
	body, kind := form.Encode(), "application/x-www-form-urlencoded"
	if strings.HasPrefix(target, "/api/") && form != nil {
		body, kind = "{}", "application/json"
	}
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "localhost"
	r.Header.Set("Test-Viewer", strconv.Itoa(who))
	if form != nil {
		r.Header.Set("Content-Type", kind)
	}
	return tn.send(t, r)
}

// guarded are the headers that every answer bears.
var guarded = map[string]string{
	"Content-Security-Policy": "default-src 'none'; ", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
	"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=()",
}

// send asks, and holds every answer of every test here to what all answers bear.
func (tn *town) send(t *testing.T, r *http.Request) reply {
	t.Helper()
	w := httptest.NewRecorder()
	tn.handler.ServeHTTP(w, r)
	for name, begins := range guarded {
		if got := w.Header().Values(name); len(got) != 1 || !strings.HasPrefix(got[0], begins) || strings.Contains(got[0], "unsafe") {
			t.Errorf("%s %s: %d with %s %q", r.Method, r.URL, w.Code, name, got)
		}
	}
	for _, cookie := range w.Result().Cookies() {
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" {
			t.Errorf("%s %s sets %s", r.Method, r.URL, cookie)
		}
	}
	body := w.Body.String()
	if strings.HasPrefix(body, "PK\x03\x04") && w.Code == http.StatusOK {
		body += unpacked(t, w.Body.Bytes())
	}
	return reply{w.Code, w.Header(), body}
}

func unpacked(t *testing.T, book []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(&all, in)
		in.Close()
	}
	return all.String()
}

// patterns are all routes: of the site, and those that the API documents.
func (tn *town) patterns() []string {
	all := append(tn.Site.Patterns(), "GET /api/v1/openapi.json")
	for path, methods := range tn.document.Paths {
		for method := range methods {
			all = append(all, strings.ToUpper(method)+" "+path)
		}
	}
	slices.Sort(all)
	return all
}
