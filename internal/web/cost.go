package web

import (
	"errors"
	"net/http"
	"path"
	"runtime"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/web/budget"
	"ficstead/internal/web/guard"
	"ficstead/internal/web/monitor"
	"ficstead/internal/web/overload"
	"ficstead/internal/web/page"
)

// classes are what the routes cost. Those that are not named here are Lists if
// they read and Writes if they write.
var classes = map[string]budget.Class{
	"GET /{$}":                             budget.Pages,
	"GET /works.epub":                      budget.Downloads,
	"GET /works/{work}":                    budget.Pages, // its books are Downloads
	"GET /works/{work}/chapters/{chapter}": budget.Pages,
	"GET /works/{work}/full":               budget.Pages,
	"GET /works/{work}/images/{sum}":       budget.Pictures,
	"GET /works/{work}/reviews":            budget.Pages,
	"GET /works/{work}/record":             budget.Pages,
	"GET /works/{work}/mends":              budget.Pages,
	"GET /works/{work}/originals/{sum}":    budget.Downloads,
	"GET /series/{series}":                 budget.Pages,
	"GET /rescues/{rescue}":                budget.Pages,
	"GET /rescues/{rescue}/authors":        budget.Pages,
	"GET /rescues/{rescue}/pages/{page}":   budget.Pages,
	"GET /import":                          budget.Pages,
	"GET /imports/{import}":                budget.Pages,
	"GET /imports/{import}/events":         budget.Pages,
	"GET /help":                            budget.Pages,
	"GET /settings":                        budget.Pages,
	"GET /opds/search.xml":                 budget.Pages,
	"GET /-/gallery":                       budget.Pages,
	"GET /-/gallery/{part}/{page}/{case}":  budget.Pages,
	"GET /-/static/{hash}/{name}":          budget.Free,
	"GET /robots.txt":                      budget.Free,
	"GET /favicon.ico":                     budget.Free,
	"GET /healthz":                         budget.Free,
	"GET /readyz":                          budget.Free,
	"GET /metrics":                         budget.Free,
	"/":                                    budget.Pages, // what has no route, and old addresses
}

// classOf is what a request to a route costs.
func classOf(pattern string, r *http.Request) budget.Class {
	class, known := classes[pattern]
	switch {
	case !known && !strings.HasPrefix(pattern, http.MethodGet+" "):
		return budget.Writes
	case !known:
		class = budget.Lists
	}
	if ext := path.Ext(r.URL.Path); class != budget.Free && ext != "" && ext != ".atom" && ext != ".opds" && strings.Contains(pattern, "}") {
		class = budget.Downloads
	}
	return class
}

// apiClass is what a request to the API costs, and the work that it opens, "" if
// that is none.
func apiClass(r *http.Request) (class budget.Class, work string) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return budget.Writes, ""
	}
	_, rest, _ := strings.Cut(r.URL.Path, "/works/")
	work, _, _ = strings.Cut(rest, "/")
	return budget.API, work
}

const apiPattern = "/api/v1/"

// countedAs is what the counts of requests are parted by.
func countedAs(pattern string, class budget.Class) string {
	if strings.HasSuffix(pattern, "/events") {
		return "events" // open for as long as somebody looks
	}
	return class.String()
}

// gates hold as many requests as the machine is worth, by what they cost. Pages
// have a gate of their own, so that they are answered while too much else is asked.
// Free and Pictures have none: what they cost is less than waiting.
type gates struct {
	of      [budget.Classes]*overload.Gate
	uploads *overload.Gate // files arrive for minutes, in memory
}

// patience is how long a request waits where a second later it may be answered.
const patience = 800 * time.Millisecond

func newGates() gates {
	cores := runtime.GOMAXPROCS(0)
	gate := func(name string, inside, waiting int) *overload.Gate {
		return overload.NewGate(name, inside, waiting, patience)
	}
	return gates{
		of: [budget.Classes]*overload.Gate{
			budget.Pages:     gate("pages", 8*cores, 128*cores),
			budget.Lists:     gate("lists", 2*cores, 32*cores),
			budget.API:       gate("the API", 2*cores, 32*cores),
			budget.Downloads: gate("downloads", 2, 8*cores), // each may hold a book of some 100 MB
			budget.Writes:    gate("writes", 32, 64),        // they wait for slow clients and for each other
		},
		uploads: gate("uploads", 16, 16), // of up to 8 MB each, before package upload bounds them
	}
}

// measured lets a request to a route in if its reader may ask for it and if there
// is room; what came of it is counted.
func (s *Site) measured(pattern string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		class, work := classOf(pattern, r), r.PathValue("work")
		if pattern == apiPattern {
			class, work = apiClass(r)
		}
		monitor.Note(r.Context(), pattern, countedAs(pattern, class))
		err := s.spend(r, class, work)
		gate := s.gates.of[class]
		if class == budget.Writes && (pattern == "POST /import" || r.URL.Path == apiPattern+"imports") {
			gate = s.gates.uploads
		}
		leave := func() {}
		if err == nil && gate != nil {
			leave, err = gate.Enter(r.Context())
		}
		if err != nil {
			s.turnAway(w, r, class, err)
			return
		}
		defer leave()
		h.ServeHTTP(overload.Leaving(w, leave), r)
	})
}

// spend takes a request from the budget of whoever sends it.
func (s *Site) spend(r *http.Request, class budget.Class, work string) error {
	if s.Budgets == nil || class == budget.Free {
		return nil
	}
	now, reader := s.Now(), s.reader(r)
	if err := s.Budgets.Spend(now, reader, class); err != nil {
		return err
	}
	name, _, _ := strings.Cut(work, ".")
	id, err := strconv.ParseInt(name, 10, 64)
	if err != nil || class == budget.Pictures || class == budget.Writes {
		return nil // that names no work, or opens none
	}
	return s.Budgets.Take(now, reader, id)
}

// takeAll takes the works of a book from the budget of whoever asks for it.
func (s *Site) takeAll(r *http.Request, works []archive.WorkID) error {
	if s.Budgets == nil {
		return nil
	}
	ids := make([]int64, len(works))
	for i, id := range works {
		ids[i] = id.Public()
	}
	return s.Budgets.Take(s.Now(), s.reader(r), ids...)
}

// reader is whose budget a request is paid from.
func (s *Site) reader(r *http.Request) budget.Reader {
	if person := s.Viewer(r).Person; person != 0 {
		return budget.Account(int64(person))
	}
	return budget.Network(guard.Address(r))
}

// turnAway answers a request that is not let in.
func (s *Site) turnAway(w http.ResponseWriter, r *http.Request, class budget.Class, err error) {
	why := "busy"
	if errors.Is(err, budget.Spent) {
		why = "budget"
	}
	s.turned.Inc(class.String(), why)
	if !isAPI(r) {
		s.Fail(w, r, err)
		return
	}
	status, retry := page.StatusOf(err), page.RetrySeconds
	t := told{Heading: "Too much is asked at once", Message: "The same question may be answered in a moment; Retry-After says when."}
	if refusal, ok := errors.AsType[budget.Refusal](err); ok {
		words := page.RefusalWords(refusal)
		t, retry = told{Heading: words[0], Message: words[1]}, strconv.Itoa(refusal.Seconds())
	}
	w.Header().Set("Retry-After", retry)
	s.refuse(w, r, status, t)
}
