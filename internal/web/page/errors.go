package page

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/store"
	"ficstead/internal/web/budget"
	"ficstead/internal/web/guard"
	"ficstead/internal/web/monitor"
	"ficstead/internal/web/words"
)

var errorView = New[errorPage](common, "errors/show")

// errorPage is a page that says what went wrong and what can be done about it.
type errorPage struct {
	Frame
	Status   int
	Heading  string
	Message  string
	Problems errs.Problems
	Links    []Link

	Reference string // by which the log tells the cause, if it is our fault
}

// A Link leads somewhere.
type Link struct{ Href, Label string }

// Told is an error with words of its own for the page that shows it.
type Told struct {
	Err     error // its kind
	Heading string
	Message string
	Links   []Link
}

func (t Told) Error() string {
	if t.Err == nil {
		return t.Heading
	}
	return t.Heading + ": " + t.Err.Error()
}

func (t Told) Unwrap() error { return t.Err }

var errorWords = map[int][2]string{
	http.StatusNotFound:              {"Nothing here by that address", "Perhaps it was moved or taken away, or the address was cut short on its way to you."},
	http.StatusMethodNotAllowed:      {"That cannot be done here", "This address does not take that kind of request. Go back, and try it from the page itself."},
	http.StatusUnprocessableEntity:   {"That could not be understood", "Something in what was sent does not fit. Nothing was changed."},
	http.StatusUnauthorized:          {"Sign in first", "Only people who are signed in may do this."},
	http.StatusForbidden:             {"That is not yours to do", "This belongs to somebody else."},
	http.StatusConflict:              {"Somebody was here before you", "It has changed meanwhile. Look at it again before you go on."},
	http.StatusRequestEntityTooLarge: {"That is too large", "What was sent is larger than this page takes."},
	http.StatusRequestTimeout:        {"That arrived too slowly", "What you sent took so long that it was not waited for. Nothing was changed. Try again where the connection is better."},
	http.StatusServiceUnavailable:    {"Ficstead is being stopped", "The files that arrived whole are kept, and are brought in at the next start. Send the rest again then."},
	http.StatusInsufficientStorage:   {"The disk is full", "There is no room left on the disk of this server, so nothing more can be kept. What is in the library is safe. Make room, then try again."},
	http.StatusInternalServerError:   {"Something broke", "That is our fault and not yours; your stories are safe. Try again. If it stays broken, the log of this server says why."},
}

// busyWords are for a moment, where the others of their status are for longer.
var busyWords = [2]string{"Too much is asked at once", "Others have asked large questions just now, and yours is one too. Lighter ones are answered all the time. Try again in a moment: what you asked is still in the address."}

// damagedWords are for what is no longer as it was kept, and is not shown for that.
var damagedWords = [2]string{"This is damaged", "What is kept of this is no longer what was once kept: the disk of this server, or something else, has changed it. It is not shown, so that nobody takes it for the real text. Whoever keeps this library finds out more with the command “ficstead check”, and can bring it back from a backup or from the file it came in."}

// RetrySeconds is when who is turned away because too much is asked at once may
// ask again.
const RetrySeconds = "1"

// ShowError is where every error page is made. Its body depends on the kind of
// error alone, so that "not there" and "not yours to know of" read the same.
func (room *Room) ShowError(w http.ResponseWriter, r *http.Request, status int, err error) {
	say, ok := errorWords[status]
	if !ok {
		say = [2]string{http.StatusText(status), ""}
	}
	var again []Link
	if errors.Is(err, errs.Busy) {
		say, again = busyWords, []Link{{Href: guard.LocalPath(r.URL.RequestURI()), Label: "Try again"}}
		w.Header().Set("Retry-After", RetrySeconds)
	}
	if errors.Is(err, store.Damaged) {
		say = damagedWords
	}
	if refusal, ok := errors.AsType[budget.Refusal](err); ok {
		say = RefusalWords(refusal)
		w.Header().Set("Retry-After", strconv.Itoa(refusal.Seconds()))
	}
	v := errorPage{Frame: room.Frame(r, say[0], ""), Links: again, Status: status, Heading: say[0], Message: say[1]}
	if status == http.StatusInternalServerError {
		v.Reference = monitor.Reference(r.Context())
	}
	var t Told
	if errors.As(err, &t) {
		v.Heading, v.Message, v.Links, v.Frame.Title = t.Heading, t.Message, t.Links, t.Heading
	}
	errors.As(err, &v.Problems)
	w.Header().Set("Cache-Control", "no-store")
	if err := errorView.Show(w, r, status, v); err != nil {
		slog.ErrorContext(r.Context(), "error page", "err", err)
		http.Error(w, http.StatusText(status), status)
	}
}

// RefusalWords are the heading and the message for whoever has asked for as much
// as one reader may.
func RefusalWords(r budget.Refusal) [2]string {
	if r.Works {
		return [2]string{"That is as many stories as one day has", fmt.Sprintf("From where you are, very many different stories were opened within a day, as a program does that takes the whole library. Those can still be read; others open again in %s. If many people share your connection, whoever is signed in has a day of their own.", span(r.Wait))}
	}
	return [2]string{"A moment, please", fmt.Sprintf("From where you are, more was asked than this library answers at a time. Go on in %s; what you asked is still in the address.", span(r.Wait))}
}

// span is a time that somebody waits, rounded up.
func span(d time.Duration) string {
	switch {
	case d > time.Hour:
		return words.Counted(int((d+time.Hour-1)/time.Hour), "hour", "hours")
	case d > time.Minute:
		return words.Counted(int((d+time.Minute-1)/time.Minute), "minute", "minutes")
	}
	return words.Counted(max(1, int((d+time.Second-1)/time.Second)), "second", "seconds")
}

// NotFound answers every address that no route has: with the address that
// was probably meant, with what may be done there, or with the error page.
func (room *Room) NotFound(mux *http.ServeMux) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if trimmed := strings.TrimRight(r.URL.Path, "/"); trimmed != r.URL.Path && routed(mux, r, r.Method, trimmed) {
			r.URL.Path = trimmed
			http.Redirect(w, r, guard.LocalPath(r.URL.RequestURI()), http.StatusMovedPermanently)
			return nil
		}
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete} {
			if routed(mux, r, method, r.URL.Path) {
				allowed = append(allowed, method)
			}
		}
		if allowed == nil {
			return errs.NotFound
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		room.ShowError(w, r, http.StatusMethodNotAllowed, nil)
		return nil
	}
}

// routed reports whether a route of our own answers method at path.
func routed(mux *http.ServeMux, r *http.Request, method, path string) bool {
	_, pattern := mux.Handler(&http.Request{Method: method, Host: r.Host, URL: &url.URL{Path: path}})
	return pattern != "/" && pattern != ""
}
