package rescues

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
)

// An asked is an old address, as one archive and one viewer understand it.
type asked struct {
	tx     *store.Tx
	viewer archive.Viewer
	rescue store.Rescue
	query  url.Values
}

// old is what answers an address of an eFiction archive, by the file that it ends
// in: the address of the same thing here, or errs.NotFound.
var old = map[string]func(asked) (string, error){
	"viewstory.php":  asked.story,
	"viewuser.php":   asked.person,
	"viewseries.php": asked.series,
	"reviews.php":    asked.reviews,
	"viewpage.php":   asked.page,
	"news.php":       asked.news,
	"browse.php":     asked.browse,
	"authors.php":    func(a asked) (string, error) { return a.front("/authors") },
	"index.php":      func(a asked) (string, error) { return a.front("") },
	"search.php":     everywhere("/works"),
	"rss.php":        everywhere("/works.atom"),
	"toplists.php":   everywhere("/works?sort=hits"),
}

func everywhere(target string) func(asked) (string, error) {
	return func(a asked) (string, error) {
		_, err := a.front("")
		return target, err
	}
}

// Old answers the addresses that rescued archives had, under whatever path, and
// leaves all others to next. around is put around its answers.
func (p *Pages) Old(next http.Handler, around func(http.Handler) http.Handler) http.Handler {
	answer := around(p.Handle(p.moveOld))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		get := r.Method == http.MethodGet || r.Method == http.MethodHead
		if _, ok := old[path.Base(r.URL.Path)]; ok && get {
			answer.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ByAddress answers the addresses that works of other rescued archives had, where
// they are known, and leaves all others to next.
func (p *Pages) ByAddress(next page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return next(w, r)
		}
		var found archive.Work
		err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
			rescues, err := tx.Rescues()
			if err != nil {
				return err
			}
			for _, one := range rescues {
				work, err := workAt(tx, one, r.URL)
				if errors.Is(err, errs.NotFound) || err == nil && !p.Viewer(r).MaySeeWork(work) {
					continue
				}
				found = work
				return err
			}
			return nil
		})
		if err != nil {
			return err
		}
		if found.ID == 0 {
			return next(w, r)
		}
		w.Header().Set("Cache-Control", "private, max-age=86400")
		http.Redirect(w, r, address.Work(found.ID), http.StatusMovedPermanently)
		return nil
	}
}

// workAt is the work that was at an address of an archive, whose host may stand
// before the path.
func workAt(tx *store.Tx, one store.Rescue, asked *url.URL) (archive.Work, error) {
	site, err := url.Parse(one.Site.URL)
	if err != nil || site.Host == "" {
		return archive.Work{}, errs.NotFound
	}
	place := *asked
	place.Scheme, place.Host = "http", site.Host
	place.Path = strings.TrimPrefix(place.Path, "/"+strings.TrimPrefix(site.Host, "www."))
	return tx.WorkBySource(one.Keeper, archive.ParseSource(place.String()).Key)
}

var whichView = page.New[whichPage](templates, "rescue/which")

// whichPage is shown where several archives had something at an address.
type whichPage struct {
	page.Frame
	Found []page.Link
}

// moveOld leads to where the thing at an old address is now.
func (p *Pages) moveOld(w http.ResponseWriter, r *http.Request) error {
	v := whichPage{}
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		rescues, err := tx.Rescues()
		if err != nil {
			return err
		}
		for _, one := range meant(rescues, r) {
			target, err := old[path.Base(r.URL.Path)](asked{tx, p.Viewer(r), one, r.URL.Query()})
			if errors.Is(err, errs.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(v.Found, func(l page.Link) bool { return l.Href == target }) {
				v.Found = append(v.Found, page.Link{Href: target, Label: nameOf(one)})
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case len(v.Found) == 0:
		return fmt.Errorf("old address %q: %w", r.URL.Path, errs.NotFound)
	case len(v.Found) == 1:
		w.Header().Set("Cache-Control", "private, max-age=86400") // whether it leads anywhere depends on who asks
		http.Redirect(w, r, v.Found[0].Href, http.StatusMovedPermanently)
		return nil
	}
	v.Frame = p.Frame(r, "Which archive?", "")
	v.Noindex = true
	return whichView.Show(w, r, http.StatusMultipleChoices, v)
}

// hostOf is where an archive was: host and folder.
func hostOf(r store.Rescue) string {
	_, host, _ := strings.Cut(r.Key, ":")
	return host
}

// meant are the archives that an address may be of: those that were at this host
// and folder, or whose host and folder stand before the file, and all if none was.
func meant(rescues []store.Rescue, r *http.Request) []store.Rescue {
	host := strings.ToLower(r.Host)
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimPrefix(host, "www.")
	folder := strings.Trim(path.Dir(r.URL.Path), "/.")
	best, found := 0, []store.Rescue(nil)
	for _, one := range rescues {
		whole := hostOf(one)
		theirs, within, _ := strings.Cut(whole, "/")
		score := 0
		switch {
		case strings.TrimSuffix(host+"/"+folder, "/") == whole, folder == whole:
			score = 3
		case within != "" && folder == within:
			score = 2
		case theirs == host:
			score = 1
		}
		if score > best {
			best, found = score, nil
		}
		if score == best {
			found = append(found, one)
		}
	}
	return found
}

func (a asked) key(kind, parameter string) (string, error) {
	n, err := strconv.Atoi(strings.TrimSpace(a.query.Get(parameter)))
	if err != nil || n <= 0 {
		return "", fmt.Errorf("%s %q: %w", parameter, a.query.Get(parameter), errs.NotFound)
	}
	return fmt.Sprintf("%s:%s:%d", a.rescue.Key, kind, n), nil
}

// work is the work that a parameter names, if the viewer may see it.
func (a asked) work(parameter string) (archive.Work, store.RescuedWork, error) {
	key, err := a.key("sid", parameter)
	if err != nil {
		return archive.Work{}, store.RescuedWork{}, err
	}
	rescued, err := a.tx.RescuedWork(a.rescue.ID, key)
	if err != nil {
		return archive.Work{}, rescued, err
	}
	work, err := a.tx.Work(rescued.Work)
	if err == nil && !a.viewer.MaySeeWork(work) {
		err = fmt.Errorf("%s: not for this viewer: %w", key, errs.NotFound)
	}
	return work, rescued, err
}

func (a asked) story() (string, error) {
	work, rescued, err := a.work("sid")
	if err != nil {
		return "", err
	}
	chapter := a.query.Get("chapter")
	if chapter == "all" {
		return address.Whole(work.ID), nil
	}
	place, err := strconv.Atoi(chapter)
	if err != nil {
		return address.Work(work.ID), nil
	}
	n := place
	if rescued.Chapters != nil {
		n = slices.Index(rescued.Chapters, place) + 1
	}
	if n < 1 || n > len(work.Chapters) {
		return address.Work(work.ID), nil
	}
	return address.Chapter(work.ID, n), nil
}

func (a asked) reviews() (string, error) {
	switch strings.ToUpper(a.query.Get("type")) {
	case "ST", "":
		parameter := "item"
		if a.query.Get("item") == "" {
			parameter = "sid"
		}
		work, _, err := a.work(parameter)
		return address.Reviews(work.ID), err
	case "SE":
		return a.seriesAt("item")
	}
	return "", fmt.Errorf("reviews of %q: %w", a.query.Get("type"), errs.NotFound)
}

func (a asked) series() (string, error) { return a.seriesAt("seriesid") }

func (a asked) seriesAt(parameter string) (string, error) {
	key, err := a.key("seriesid", parameter)
	if err != nil {
		return "", err
	}
	series, err := a.tx.RescuedSeriesByKey(a.rescue.ID, key)
	if err != nil {
		return "", err
	}
	sees, err := seesSeries(a.tx, a.viewer, series, 0)
	if err == nil && (!sees || series.ID == 0) {
		err = fmt.Errorf("%s: not for this viewer: %w", key, errs.NotFound)
	}
	return address.Series(series.ID), err
}

// person leads to the works of somebody, if the viewer may see one.
func (a asked) person() (string, error) {
	key, err := a.key("uid", "uid")
	if err != nil {
		return "", err
	}
	person, err := a.tx.RescuedPerson(a.rescue.ID, key)
	if err != nil {
		return "", err
	}
	list, err := a.tx.RescuedCreators(a.rescue.ID)
	if err != nil {
		return "", err
	}
	seen := slices.ContainsFunc(list, func(c store.CreatorWorks) bool {
		return c.Creator.ID == person.Creator && a.viewer.MaySee(c.Keeper, c.Visibility)
	})
	if !seen {
		return "", fmt.Errorf("%s: no work for this viewer: %w", key, errs.NotFound)
	}
	return address.Creator(person.Creator), nil
}

// front leads to a page of the archive itself, if the viewer may see it.
func (a asked) front(below string) (string, error) {
	if !a.viewer.MaySee(a.rescue.Keeper, a.rescue.Visibility) {
		return "", fmt.Errorf("rescue %d: not for this viewer: %w", a.rescue.ID, errs.NotFound)
	}
	return address.Rescue(a.rescue.ID) + below, nil
}

func (a asked) page() (string, error) { return a.pageNamed(a.query.Get("page")) }

func (a asked) pageNamed(name string) (string, error) {
	if _, err := a.front(""); err != nil {
		return "", err
	}
	pages, err := a.tx.Pages(a.rescue.ID)
	for _, p := range pages {
		if strings.EqualFold(p.Name, name) {
			return address.RescuedPage(a.rescue.ID, p.Name), nil
		}
	}
	if err == nil {
		err = fmt.Errorf("page %q: %w", name, errs.NotFound)
	}
	return "", err
}

func (a asked) news() (string, error) {
	if id := a.query.Get("nid"); id != "" {
		return a.pageNamed("news-" + id)
	}
	return a.front("")
}

// browse leads to the works of what was looked through, where its tag is known,
// and else to all works in the order that was meant.
func (a asked) browse() (string, error) {
	front, err := a.front("")
	if err != nil {
		return "", err
	}
	for _, p := range []struct{ list, parameter string }{
		{"category", "catid"}, {"category", "id"}, {"character", "charid"}, {"class", "classid"}, {"rating", "rid"},
	} {
		if id := a.query.Get(p.parameter); id != "" {
			if target, err := a.tagged(p.list, id); target != "" || err != nil {
				return target, err
			}
		}
	}
	switch a.query.Get("type") {
	case "categories", "characters", "class":
		return "/fandoms", nil
	case "titles":
		return "/works?sort=title", nil
	case "series":
		return front, nil
	}
	return "/works", nil
}

// tagged is the address of the tag that an entry of one of the archive's lists
// became; "" if it became none.
func (a asked) tagged(list, id string) (string, error) {
	said, err := a.tx.RescueReport(a.rescue.ID)
	if err != nil || len(said) == 0 {
		return "", err
	}
	report, err := rescue.ParseReport(said)
	if err != nil {
		return "", err
	}
	for _, t := range report.Tags {
		kind, ok := archive.ParseKind(t.Kind)
		if t.List != list && !(list == "class" && (t.List == "genre" || t.List == "warning")) || t.ID != id || !ok {
			continue
		}
		tag, err := a.tx.TagByName(kind, t.Name)
		if errors.Is(err, errs.NotFound) {
			return "", nil
		}
		return address.Tag(tag.ID), err
	}
	return "", nil
}
