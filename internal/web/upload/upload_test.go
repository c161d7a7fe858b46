package upload

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/intake"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// sendForm is an upload of files that are as long as they say.
func sendForm(t *testing.T, sizes ...int64) *http.Request {
	t.Helper()
	body, pen := io.Pipe()
	form := multipart.NewWriter(pen)
	go func() {
		for n, size := range sizes {
			part, _ := form.CreateFormFile("file", fmt.Sprintf("story %d.txt", n))
			io.CopyN(part, letters{}, size) // ends early if nobody reads
		}
		form.Close()
		pen.Close()
	}()
	r := httptest.NewRequest(http.MethodPost, "/import", body)
	r.ContentLength = -1
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

// letters is a text without an end.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func items(t *testing.T, s *store.Store, id archive.ImportID) (all []store.ImportItem) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		all, err = tx.ImportItems(id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSizes(t *testing.T) {
	d := &Desk{Store: storetest.Open(t)}
	sizes := []int64{0, 1, firstHold, firstHold + 1, heavy - 1, heavy, heavy + 1, 3 * heavy, intake.MaxFile + 1, 5}
	id, err := d.Receive(httptest.NewRecorder(), sendForm(t, sizes...), archive.Owner)
	if err != nil {
		t.Fatal(err)
	}
	all := items(t, d.Store, id)
	if len(all) != len(sizes) {
		t.Fatalf("%d files, want %d", len(all), len(sizes))
	}
	for n, item := range all {
		if refused := sizes[n] > intake.MaxFile; item.Done != refused || !refused && int64(item.Size) != sizes[n] {
			t.Errorf("%d bytes: kept %d, done %v", sizes[n], item.Size, item.Done)
		}
	}
	if len(d.seats.free) != 0 {
		t.Errorf("%d seats were never given back", len(d.seats.free))
	}
}

func TestHeavyFilesWaitForASeat(t *testing.T) {
	var all seats
	for range maxHeavy {
		if err := all.take(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	light, weighty := hold{seats: &all, whole: -1}, hold{seats: &all, whole: -1}
	if fits, err := light.read(t.Context(), io.LimitReader(letters{}, heavy-1)); err != nil || !fits {
		t.Errorf("a light file had to wait: %v", err)
	}
	entered := make(chan error)
	go func() {
		_, err := weighty.read(t.Context(), io.LimitReader(letters{}, heavy+1))
		weighty.release()
		entered <- err
	}()
	select {
	case <-entered:
		t.Error("there was no seat, and it did not wait")
	default:
	}
	<-all.free
	if err := <-entered; err != nil {
		t.Error(err)
	}
}

// A file is held once: what is made for it is hardly more than it is long.
func TestRoom(t *testing.T) {
	const size = 5 * heavy
	h := hold{seats: &seats{}, whole: size + 200}
	defer h.release()
	if fits, err := h.read(t.Context(), io.LimitReader(letters{}, size)); err != nil || !fits || len(h.data) != size || cap(h.data) > size+1000 {
		t.Errorf("%v: %d bytes in %d", err, len(h.data), cap(h.data))
	}
}

func TestFarTooLargeIsNotRead(t *testing.T) {
	d := &Desk{Store: storetest.Open(t)}
	r := httptest.NewRequest(http.MethodPost, "/import", strings.NewReader("never read"))
	r.ContentLength = maxUpload + 1
	_, err := d.Receive(httptest.NewRecorder(), r, archive.Owner)
	var problems errs.Problems
	if !errors.As(err, &problems) || !strings.Contains(err.Error(), "4 GB") {
		t.Error(err)
	}
}

// The program is told to stop while a second file arrives.
func TestStopping(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	var kept int
	d := &Desk{Store: storetest.Open(t)}
	d.Wake = func() { kept++ }
	d.Ended = func() bool { return kept > 0 }
	d.now = func() time.Time { now = now.Add(grace / 4); return now }
	_, err := d.Receive(httptest.NewRecorder(), sendForm(t, 100, heavy, 100), archive.Owner)
	if !errors.Is(err, Stopping) {
		t.Fatal(err)
	}
	err = d.Store.Read(t.Context(), func(tx *store.Tx) error {
		batches, err := tx.Imports(archive.Owner, 2)
		if err == nil && (len(batches) != 1 || batches[0].Items != 2 || batches[0].Done != 1) {
			t.Errorf("%+v, want the first file to be brought in later, and a note of the rest", batches)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestShortUploadMayEnd(t *testing.T) {
	d := &Desk{Store: storetest.Open(t), Ended: func() bool { return true }}
	if _, err := d.Receive(httptest.NewRecorder(), sendForm(t, 100, 100), archive.Owner); err != nil {
		t.Error(err)
	}
}

func TestBroken(t *testing.T) {
	d := &Desk{Store: storetest.Open(t)}
	u := upload{desk: d, r: httptest.NewRequest(http.MethodPost, "/import", nil), batch: store.Import{Owner: archive.Owner}}
	for _, test := range []struct {
		err  error
		want string
	}{
		{&http.MaxBytesError{Limit: maxUpload}, "4 GB"},
		{errTooMany, "5000 files"},
		{io.ErrUnexpectedEOF, "broke off"},
	} {
		id, err := u.broken(test.err)
		if err != nil {
			t.Fatal(err)
		}
		all := items(t, d.Store, id)
		if last := all[len(all)-1]; len(last.Receipts) != 1 || !strings.Contains(last.Receipts[0].Error, test.want) {
			t.Errorf("%v: %+v, want %q in it", test.err, last.Receipts, test.want)
		}
	}
	fault := errors.New("disk broken")
	if _, err := u.broken(storeError{fault}); !errors.Is(err, fault) {
		t.Errorf("a fault of ours: %v", err)
	}
}
