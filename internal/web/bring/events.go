package bring

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/mends"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

const (
	// eventPause is the least time between two events: faster than eyes, and
	// slow enough that a thousand files do not make a thousand events.
	eventPause = 150 * time.Millisecond
	// eventBeat is the most: proxies close what is silent, and another program
	// may be at work on the same store.
	eventBeat = 10 * time.Second
)

// moved is an event of an import.
type moved struct {
	Done  int     `json:"done"`
	Items int     `json:"items"`
	Bar   float64 `json:"bar"` // done, with parts of files that hold several
	Words string  `json:"words"`
}

// watchImport tells how far an import is as server-sent events, "progress" each
// time it moves and "end" when it is done.
func (p *Pages) watchImport(w http.ResponseWriter, r *http.Request) error {
	batch, err := p.loadImport(r)
	if err != nil {
		return err
	}
	var changed <-chan struct{} // nil, which is never readable, without an importer
	if p.Importer != nil {
		watched, stop := p.Importer.Watch(batch.ID)
		defer stop()
		changed = watched
	}
	stream := eventStream{w, http.NewResponseController(w)}
	stream.begin()
	for {
		if batch, err = p.loadImport(r); err != nil {
			return nil // the answer has begun, and the client asks again
		}
		if !stream.send(batch, p.Partials(batch.ID)) || batch.Done == batch.Items {
			return nil
		}
		if !await(r, changed) {
			return nil
		}
	}
}

func (p *Pages) loadImport(r *http.Request) (batch store.Import, err error) {
	err = p.Store.Read(r.Context(), func(tx *store.Tx) error {
		batch, err = p.Import(tx, r)
		return err
	})
	return batch, err
}

// await waits for the next event. It reports false when there will be none:
// the client left, or the importer stopped and with it the program.
func await(r *http.Request, changed <-chan struct{}) bool {
	pause, beat := time.NewTimer(eventPause), time.NewTimer(eventBeat)
	defer pause.Stop()
	defer beat.Stop()
	open := true
	select {
	case <-r.Context().Done():
		return false
	case _, open = <-changed:
	case <-beat.C:
	}
	if !open {
		return false
	}
	select {
	case <-r.Context().Done():
		return false
	case <-pause.C:
	}
	return true
}

// An eventStream is an answer that goes on.
type eventStream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func (e eventStream) begin() {
	h := e.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")            // proxies must not gather events
	_ = e.control.SetWriteDeadline(time.Time{}) // as long as the import takes; not every server has one
	fmt.Fprint(e.w, "retry: 2000\n\n")          // ms until a client that lost us asks again
}

// send reports whether the client is still there.
func (e eventStream) send(batch store.Import, partials []jobs.Partial) bool {
	name := "progress"
	if batch.Done == batch.Items {
		name = "end"
	}
	data, err := json.Marshal(moved{batch.Done, batch.Items, barOf(batch, partials), progressWords(batch, partials)})
	if err != nil {
		return false
	}
	if _, err := fmt.Fprintf(e.w, "event: %s\ndata: %s\n\n", name, data); err != nil {
		return false
	}
	return e.control.Flush() == nil
}

var workMendsView = page.New[workMendsPage](templates, "import/mends")

// workMendsPage shows all that was mended in a work, and what could be.
type workMendsPage struct {
	page.Frame
	Heading   string
	WorkHref  string
	WorkTitle string
	Applied   []mends.Group
	Possible  []mends.Group
	Most      int
}

// mostMends is how many mends of one rule a page shows: more than anybody compares.
const mostMends = 100

func (p *Pages) showWorkMends(w http.ResponseWriter, r *http.Request) error {
	var work archive.Work
	var all []archive.Mend
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if work, err = p.Work(tx, r); err != nil {
			return err
		}
		all, err = tx.Mends(work.ID)
		return err
	})
	if err != nil {
		return err
	}
	v := newWorkMendsPage(work, all)
	v.Frame = p.Frame(r, "Mends in "+words.Title(work), "browse")
	return workMendsView.Show(w, r, http.StatusOK, v)
}

func newWorkMendsPage(work archive.Work, all []archive.Mend) workMendsPage {
	v := workMendsPage{Heading: "What was mended", WorkHref: address.Work(work.ID), WorkTitle: words.Title(work), Most: mostMends}
	for _, g := range mends.Groups(all, mostMends) {
		if g.Applied {
			v.Applied = append(v.Applied, g)
		} else {
			v.Possible = append(v.Possible, g)
		}
	}
	return v
}
