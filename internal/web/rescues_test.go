package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
	"ficstead/internal/web/address"
	"ficstead/internal/web/madeup"
)

// sids are the numbers that the house's works had at the old archive.
var sids = map[archive.Visibility]int{archive.Public: 1, archive.Restricted: 2, archive.Hidden: 3, archive.Private: 4}

// rescued makes the house's works those of a rescued archive that nobody has
// opened yet, with reviews, people, a series around each of theirs, and pages.
func (h *house) rescued(t testing.TB, s *store.Store, key string) store.Rescue {
	t.Helper()
	r := store.Rescue{Keeper: 1, Key: key, Kind: "efiction", Visibility: archive.Restricted, Site: archive.RescuedSite{Name: "Old " + key, URL: "http://" + key[len("efiction:"):]}}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.EnsureRescue(&r); err != nil {
			return err
		}
		var people []store.RescuedPerson
		var series []archive.RescuedSeries
		for v, w := range h.works {
			sid := sids[v]
			err := tx.SetRescuedWork(r.ID, store.RescuedWork{Key: fmt.Sprintf("%s:sid:%d", key, sid), Work: w.ID, Chapters: []int{1, 5}, Pending: v == archive.Private})
			if err != nil {
				return err
			}
			review := archive.Review{Name: "reviewer " + marker(v), Chapter: 2, Text: prose.Parse("<p>review " + marker(v) + "</p>"), Answer: prose.Parse("<p>answer</p>"), Written: madeup.Day}
			if err := tx.SetReviews(w.ID, r.ID, []archive.Review{review}); err != nil {
				return err
			}
			people = append(people, store.RescuedPerson{Creator: w.Creators[0].ID, RescuedPerson: archive.RescuedPerson{
				Key: fmt.Sprintf("%s:uid:%d", key, sid), Name: w.Creators[0].Name, Author: true, Email: "secret@example.org", Bio: prose.Parse("<p>bio " + marker(v) + "</p>"),
			}})
			series = append(series,
				archive.RescuedSeries{Key: fmt.Sprintf("%s:seriesid:%d", key, sid), Title: w.Series[0].Series.Title, Parts: []archive.RescuedPart{{Story: fmt.Sprintf("%s:sid:%d", key, sid), Confirmed: true}}},
				archive.RescuedSeries{Key: fmt.Sprintf("%s:seriesid:%d", key, sid+10), Title: "around " + marker(v), Parts: []archive.RescuedPart{{Series: fmt.Sprintf("%s:seriesid:%d", key, sid), Confirmed: true}}})
		}
		if err := tx.SetRescuedPeople(r.ID, people); err != nil {
			return err
		}
		if err := tx.SetRescuedSeries(r.ID, series); err != nil {
			return err
		}
		list, err := tx.RescuedSeriesList(r.ID)
		if err != nil {
			return err
		}
		for _, s := range list {
			if err := tx.BindSeries(s, "", ""); err != nil {
				return err
			}
		}
		if err := tx.SetPages(r.ID, []archive.RescuedPage{{Name: "rules", Title: "Rules", Text: prose.Parse("<p>rules " + marker(archive.Restricted) + "</p>")}, {Name: "news-3", Text: prose.Parse("<p>news</p>")}}); err != nil {
			return err
		}
		report := rescue.Report{Name: "Old", Tags: []rescue.Tag{{List: "category", ID: "3", Kind: "fandom", Name: "fandom " + marker(archive.Public)}}}
		return tx.FinishRescue(r.ID, report.JSON())
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rescueRows are the addresses of the rescued archive, which is as restricted as
// the restricted work.
func (h *house) rescueRows(rows map[string][]row) {
	sees := whoSees[archive.Restricted]
	path := address.Rescue(h.rescue.ID)
	rows["GET /rescues/{rescue}"] = []row{{path, nil, sees}, {"/rescues/1", nil, everybody(404)}, {"/rescues/x", nil, everybody(404)}}
	rows["GET /rescues/{rescue}/authors"] = []row{{path + "/authors", nil, sees}}
	rows["GET /rescues/{rescue}/pages/{page}"] = []row{{path + "/pages/rules", nil, sees}, {path + "/pages/nothing", nil, everybody(404)}}
	for _, ext := range []string{"html", "json"} {
		rows["GET /rescues/{rescue}/report."+ext] = []row{{path + "/report." + ext, nil, whoKeeps(sees)}}
	}
	unsure := whoKeeps(sees)
	unsure[1] = 422
	rows["POST /rescues/{rescue}/opening"] = []row{{path + "/opening", nil, unsure}}
	for v, want := range whoSees {
		reviews := address.Reviews(h.works[v].ID)
		rows["GET /works/{work}/reviews"] = append(rows["GET /works/{work}/reviews"], row{reviews, nil, want}, row{reviews + "?page=2", nil, everybody(404)}, row{reviews + "?page=x", nil, everybody(404)})
	}
}

// TestOldAddresses asks for everything at its old address, as each of the five
// people: those who may see it are led there, and to the others it is not there.
func TestOldAddresses(t *testing.T) {
	h := newHouse(t)
	for v, sees := range whoSees {
		w, sid := h.works[v], sids[v]
		for _, c := range []struct{ old, want string }{
			{"viewstory.php?sid=%d", address.Work(w.ID)},
			{"viewstory.php?sid=%d&textsize=0&ageconsent=ok&warning=3", address.Work(w.ID)},
			{"viewstory.php?sid=%d&chapter=1", address.Chapter(w.ID, 1)},
			{"viewstory.php?sid=%d&chapter=5", address.Chapter(w.ID, 2)},
			{"viewstory.php?sid=%d&chapter=2", address.Work(w.ID)},
			{"viewstory.php?sid=%d&chapter=all", address.Whole(w.ID)},
			{"viewstory.php?action=printable&sid=%d&textsize=0&chapter=all", address.Whole(w.ID)},
			{"viewuser.php?uid=%d", address.Creator(w.Creators[0].ID)},
			{"viewseries.php?seriesid=%d", address.Series(w.Series[0].Series.ID)},
			{"reviews.php?type=ST&item=%d", address.Reviews(w.ID)},
			{"reviews.php?sid=%d", address.Reviews(w.ID)},
			{"reviews.php?type=SE&item=%d", address.Series(w.Series[0].Series.ID)},
		} {
			for _, folder := range []string{"/", "/efic/", "/old.example/"} {
				target := folder + fmt.Sprintf(c.old, sid)
				for person := range people {
					got := h.ask(t, person, http.MethodGet, target, nil)
					want := 404
					if sees[person] == 200 {
						want = http.StatusMovedPermanently
					}
					if got.status != want || want != 404 && got.header.Get("Location") != c.want {
						t.Errorf("%s as %s: %d to %q, want %d to %q", target, people[person].name, got.status, got.header.Get("Location"), want, c.want)
					}
				}
			}
		}
	}
	for old, want := range map[string]string{
		"/viewpage.php?page=rules": address.RescuedPage(h.rescue.ID, "rules"), "/news.php": address.Rescue(h.rescue.ID), "/news.php?action=newsstory&nid=3": address.RescuedPage(h.rescue.ID, "news-3"),
		"/authors.php?list=authors": address.Rescue(h.rescue.ID) + "/authors", "/index.php": address.Rescue(h.rescue.ID), "/search.php": "/works", "/rss.php": "/works.atom", "/toplists.php": "/works?sort=hits",
		"/browse.php?type=titles": "/works?sort=title", "/browse.php?type=categories": "/fandoms", "/browse.php?type=categories&catid=3": address.Tag(h.tags[archive.Public].ID), "/browse.php?type=recent": "/works",
	} {
		for person, name := range map[int]string{0: "", 2: want} {
			got := h.ask(t, person, http.MethodGet, old, nil)
			if got.header.Get("Location") != name || name == "" && got.status != 404 || name != "" && got.status != 301 {
				t.Errorf("%s as %s: %d to %q, want %q", old, people[person].name, got.status, got.header.Get("Location"), name)
			}
		}
	}
	for _, none := range []string{"/viewstory.php", "/viewstory.php?sid=", "/viewstory.php?sid=99", "/viewstory.php?sid=-1", "/viewstory.php?sid=1%27", "/viewpage.php?page=nothing", "/viewuser.php?uid=99", "/reviews.php?type=XX&item=1", "/viewseries.php?seriesid=x"} {
		if got := h.ask(t, 1, http.MethodGet, none, nil); got.status != 404 {
			t.Errorf("%s: %d", none, got.status)
		}
	}
	if got := h.ask(t, 1, http.MethodPost, "/viewstory.php?sid=1", url.Values{}); got.status == 301 {
		t.Errorf("POST: %d", got.status)
	}
	empty := &house{}
	empty.open(t, storetest.Open(t))
	if got := empty.ask(t, 1, http.MethodGet, "/viewstory.php?sid=1", nil); got.status != 404 {
		t.Errorf("where nothing was rescued: %d", got.status)
	}
}

// TestWhichArchive wants the archive that an address names, and else a question.
func TestWhichArchive(t *testing.T) {
	h := newHouse(t)
	h.rescued(t, h.Store, "efiction:other.example/efic")
	other := addWork(t, h.Store, archive.Work{Keeper: 1, Visibility: archive.Public, Title: "Other", Creators: []archive.Creator{{Name: "other"}}}, archive.Chapter{Text: prose.Parse("<p>other</p>")})
	err := h.Store.Write(t.Context(), func(tx *store.Tx) error {
		rescues, err := tx.Rescues()
		if err != nil {
			return err
		}
		return tx.SetRescuedWork(rescues[1].ID, store.RescuedWork{Key: "efiction:other.example/efic:sid:1", Work: other.ID})
	})
	if err != nil {
		t.Fatal(err)
	}
	here := address.Work(h.works[archive.Public].ID)
	for _, c := range []struct{ target, want string }{
		{"/efic/viewstory.php?sid=1", address.Work(other.ID)}, {"/other.example/efic/viewstory.php?sid=1", address.Work(other.ID)}, {"/old.example/viewstory.php?sid=1", here},
	} {
		if got := h.ask(t, 0, http.MethodGet, c.target, nil); got.header.Get("Location") != c.want {
			t.Errorf("%s leads to %q, want %q", c.target, got.header.Get("Location"), c.want)
		}
	}
	got := h.ask(t, 0, http.MethodGet, "/viewstory.php?sid=1", nil)
	if got.status != http.StatusMultipleChoices || !strings.Contains(got.body, here) || !strings.Contains(got.body, address.Work(other.ID)) {
		t.Errorf("the question: %d", got.status)
	}
	for _, problem := range htmlProblems(got.body) {
		t.Error(problem)
	}
	if got := h.ask(t, 0, http.MethodGet, "/viewstory.php?sid=2", nil); got.status != 404 {
		t.Errorf("what a visitor may see at neither: %d", got.status)
	}
}

// TestByAddress leads from the addresses of an archive that is no eFiction.
func TestByAddress(t *testing.T) {
	h := newHouse(t)
	for v, sees := range whoSees {
		w := h.works[v]
		err := h.Store.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddWorkKey(w.ID, archive.ParseSource(fmt.Sprintf("http://www.old.example/archive/%d/story.html?x=1", sids[v])).Key)
		})
		if err != nil {
			t.Fatal(err)
		}
		for person := range people {
			for _, before := range []string{"", "/old.example"} {
				got := h.ask(t, person, http.MethodGet, fmt.Sprintf("%s/archive/%d/story.html?x=1", before, sids[v]), nil)
				if moved := got.status == 301 && got.header.Get("Location") == address.Work(w.ID); moved != (sees[person] == 200) || !moved && got.status != 404 {
					t.Errorf("%s as %s: %d to %q", v, people[person].name, got.status, got.header.Get("Location"))
				}
			}
		}
	}
	if got := h.ask(t, 1, http.MethodPost, "/archive/1/story.html?x=1", url.Values{}); got.status == 301 {
		t.Errorf("POST: %d", got.status)
	}
}

// TestRescuePages looks for what came along on the pages that show it, and nowhere
// for an address.
func TestRescuePages(t *testing.T) {
	h := newHouse(t)
	w := h.works[archive.Public]
	for _, c := range []struct {
		target string
		person int
		want   string
	}{
		{address.Work(w.ID), 0, "review " + marker(archive.Public)}, {address.Work(w.ID), 0, "Reviews from"}, {address.Reviews(w.ID), 0, `on <a href="` + address.Chapter(w.ID, 2)},
		{address.Creator(w.Creators[0].ID), 2, "bio " + marker(archive.Public)}, {address.Series(w.Series[0].Series.ID), 0, "around " + marker(archive.Public)},
		{address.Rescue(h.rescue.ID), 2, "Rules"}, {address.Rescue(h.rescue.ID), 1, "Open 1 work"}, {address.Rescue(h.rescue.ID) + "/authors", 2, w.Creators[0].Name},
		{address.Rescue(h.rescue.ID) + "/report.json", 1, `"name": "Old"`}, {"/import", 1, address.Rescue(h.rescue.ID)},
	} {
		got := h.ask(t, c.person, http.MethodGet, c.target, nil)
		if got.status != 200 || !strings.Contains(got.body, c.want) {
			t.Errorf("%s as %s: %d without %q", c.target, people[c.person].name, got.status, c.want)
		}
		if strings.Contains(got.body, "secret@") {
			t.Errorf("%s tells an e-mail address", c.target)
		}
	}
	for person, works := range map[int]int{1: 3, 2: 2, 3: 2} { // the one that was never approved is told apart
		got := h.ask(t, person, http.MethodGet, address.Rescue(h.rescue.ID), nil)
		reviews := map[bool]int{true: 4, false: works}[person == 1]
		if want := fmt.Sprintf("<dt>Works</dt><dd>%d</dd>", works); !strings.Contains(got.body, want) {
			t.Errorf("%s is told another number of works than %d", people[person].name, works)
		}
		if want := fmt.Sprintf("<dt>Reviews</dt><dd>%d</dd>", reviews); !strings.Contains(got.body, want) {
			t.Errorf("%s is told another number of reviews than %d", people[person].name, reviews)
		}
	}
	if got := h.ask(t, 0, http.MethodGet, address.Creator(w.Creators[0].ID), nil); strings.Contains(got.body, "bio ") {
		t.Error("a visitor reads what was said at an archive that nobody opened")
	}
}

// TestOpening opens the archive, and closes it again.
func TestOpening(t *testing.T) {
	h := newHouse(t)
	h.follow(t)
	path := address.Rescue(h.rescue.ID) + "/opening"
	seen := func(v archive.Visibility) int {
		return h.ask(t, 0, http.MethodGet, address.Work(h.works[v].ID), nil).status
	}
	if got := h.ask(t, 1, http.MethodPost, path, url.Values{"as": {"public"}, "sure": {"yes"}}); got.status != http.StatusSeeOther {
		t.Fatalf("opening: %d", got.status)
	}
	if seen(archive.Restricted) != 200 || seen(archive.Hidden) != 404 || seen(archive.Private) != 404 {
		t.Error("opening shows other works than those that are restricted")
	}
	if got := h.ask(t, 0, http.MethodGet, address.Rescue(h.rescue.ID), nil); got.status != 200 || strings.Contains(got.body, "opening") {
		t.Errorf("a visitor's page of an open archive: %d", got.status)
	}
	if got := h.ask(t, 1, http.MethodPost, path, url.Values{"as": {"restricted"}}); got.status != http.StatusSeeOther || seen(archive.Public) != 404 {
		t.Errorf("closing: %d", got.status)
	}
}
