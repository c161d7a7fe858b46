package jobs

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

const anna archive.PersonID = 7

// upload puts files on the list, each with its name as content.
func upload(t *testing.T, s *store.Store, names ...string) archive.ImportID {
	t.Helper()
	batch := store.Import{Owner: anna}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.AddImport(&batch); err != nil {
			return err
		}
		for _, name := range names {
			if _, err := tx.AddImportItem(batch.ID, name, []byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return batch.ID
}

// run starts an importer and returns what ends it and waits for its end.
func run(t *testing.T, m *Importer) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { m.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); done.Wait() })
	t.Cleanup(stop)
	return stop
}

// await waits until every file of an import is done, and returns the items.
func await(t *testing.T, s *store.Store, m *Importer, id archive.ImportID) []store.ImportItem {
	t.Helper()
	changed, stop := m.Watch(id)
	defer stop()
	for {
		var batch store.Import
		var items []store.ImportItem
		err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
			if batch, err = tx.Import(id); err != nil {
				return err
			}
			items, err = tx.ImportItems(id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if batch.Done == batch.Items {
			return items
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		}
	}
}

func echo(_ context.Context, by archive.Viewer, f file, _ func([]archive.Receipt, int)) []archive.Receipt {
	return []archive.Receipt{{Source: f.name, Title: string(f.data), Kind: fmt.Sprint(by.Person), Status: archive.StatusNew}}
}

func names(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf("story %03d.txt", i))
	}
	return all
}

func TestEveryFileGetsItsReceipt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := newImporter(s, echo)
		run(t, m)
		id := upload(t, s, names(40)...)
		m.Wake()
		for i, item := range await(t, s, m, id) {
			want := fmt.Sprintf("story %03d.txt", i)
			if len(item.Receipts) != 1 {
				t.Fatalf("%s: %d receipts", item.Name, len(item.Receipts))
			}
			if got := item.Receipts[0]; got.Source != want || got.Title != want || got.Kind != "7" {
				t.Errorf("item %d: %+v, want %s for person 7", i, got, want)
			}
		}
	})
}

func TestFilesFromBeforeTheStartAreDone(t *testing.T) {
	s := storetest.Open(t)
	id := upload(t, s, "left over.txt")
	m := newImporter(s, echo)
	run(t, m)
	if items := await(t, s, m, id); items[0].Receipts[0].Title != "left over.txt" {
		t.Errorf("%+v", items[0])
	}
}

func TestOneBadFileStopsNothing(t *testing.T) {
	s := storetest.Open(t)
	m := newImporter(s, func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
		if f.name == "bad.html" {
			var none []int
			_ = none[len(f.data)]
		}
		return echo(ctx, by, f, tell)
	})
	run(t, m)
	id := upload(t, s, "one.txt", "bad.html", "two.txt")
	m.Wake()
	items := await(t, s, m, id)
	var got []archive.Status
	for _, item := range items {
		got = append(got, item.Receipts[0].Status)
	}
	if want := []archive.Status{archive.StatusNew, archive.StatusRefused, archive.StatusNew}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if items[1].Receipts[0].Error == "" {
		t.Error("the refusal has no sentence")
	}
}

func TestStoppedHalfWay(t *testing.T) {
	s := storetest.Open(t)
	id := upload(t, s, names(10)...)

	entered := make(chan string, 10)
	first := newImporter(s, func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
		entered <- f.name
		if f.name >= "story 004.txt" {
			<-ctx.Done() // in the midst of it when the program ends
		}
		return echo(ctx, by, f, tell)
	})
	stop := run(t, first)
	for range 6 { // four that end, and one that does not in each hand
		<-entered
	}
	stop()
	stop = run(t, first) // being told to stop is no fault of a file, however often
	<-entered
	<-entered
	stop()
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		left, err := tx.Setting(begunKey)
		if left != "{}" {
			t.Errorf("in hand after the end: %s", left)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	var twice atomic.Int32
	second := newImporter(s, func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
		if f.name < "story 004.txt" {
			twice.Add(1)
		}
		return echo(ctx, by, f, tell)
	})
	run(t, second)
	items := await(t, s, second, id)
	if len(items) != 10 || twice.Load() != 0 {
		t.Errorf("%d items, %d of them done again; want 10 and 0", len(items), twice.Load())
	}
}

// A file that kills the program each time is given up, and the others come in.
func TestFileThatKillsTheProgram(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := upload(t, s, "deadly.html", "fine.txt")
		var deadly int64
		for range attempts { // the program dies while it has the first file in hand
			err := s.Write(t.Context(), func(tx *store.Tx) error {
				pending, err := tx.PendingItems(1)
				if err != nil {
					return err
				}
				deadly = pending[0].ID
				_, err = begin(tx, deadly)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		m := newImporter(s, func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
			if f.name == "deadly.html" {
				t.Error("it was read once more")
			}
			return echo(ctx, by, f, tell)
		})
		run(t, m)
		items := await(t, s, m, id)
		if r := items[0].Receipts[0]; r.Status != archive.StatusRefused || r.Error == "" {
			t.Errorf("%+v", r)
		}
		if r := items[1].Receipts[0]; r.Status != archive.StatusNew {
			t.Errorf("%+v", r)
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			left, err := tx.Setting(begunKey)
			if left != "{}" {
				t.Errorf("still in hand: %s", left)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestTwoHandsNeverHoldTheSame(t *testing.T) {
	s := storetest.Open(t)
	id := upload(t, s, names(60)...)
	var mu sync.Mutex
	count := map[string]int{}
	m := newImporter(s, func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
		mu.Lock()
		count[f.name]++
		mu.Unlock()
		return echo(ctx, by, f, tell)
	})
	run(t, m)
	await(t, s, m, id)
	for name, n := range count {
		if n != 1 {
			t.Errorf("%s was read %d times", name, n)
		}
	}
	if len(count) != 60 {
		t.Errorf("%d files read, want 60", len(count))
	}
}

func TestWatchersAreToldAndForgotten(t *testing.T) {
	var b board
	one, leaveOne := b.watch(1)
	two, leaveTwo := b.watch(2)
	b.tell(1)
	b.tell(1) // never waits for a watcher that does not look
	select {
	case <-one:
	default:
		t.Error("the watcher was not told")
	}
	select {
	case <-two:
		t.Error("the watcher of another import was told")
	default:
	}
	leaveOne()
	if len(b.watchers) != 1 {
		t.Errorf("%d imports are watched, want 1", len(b.watchers))
	}
	b.close()
	if _, open := <-two; open {
		t.Error("the end was not told")
	}
	leaveTwo()
	late, leave := b.watch(1)
	defer leave()
	if _, open := <-late; open {
		t.Error("who comes too late was not told")
	}
}

// Of a file that holds several, what is done is told while the rest is read.
func TestZIPIsToldWhileItIsRead(t *testing.T) {
	s := storetest.Open(t)
	told, on := make(chan struct{}), make(chan struct{})
	m := newImporter(s, func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
		receipts := echo(ctx, by, f, tell)
		tell(receipts, 600)
		close(told)
		<-on
		return append(receipts, receipts...)
	})
	run(t, m)
	id := upload(t, s, "stories.zip")
	m.Wake()
	<-told
	got := m.Partials(id)
	if len(got) != 1 || got[0].Name != "stories.zip" || got[0].Of != 600 || len(got[0].Receipts) != 1 {
		t.Errorf("%+v", got)
	}
	close(on)
	if items := await(t, s, m, id); len(items[0].Receipts) != 2 {
		t.Errorf("%+v", items)
	}
}

func TestZIPFileByFile(t *testing.T) {
	s := storetest.Open(t)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, name := range []string{"a.txt", "b.txt", "empty.txt"} {
		w, _ := z.Create(name)
		if name != "empty.txt" {
			fmt.Fprintf(w, "The Lamp of %s\n\nIt had hung in the window since the first winter, and nobody knew who had lit it.\n", name)
		}
	}
	z.Close()
	var so []string
	receipts := bringWith(s)(t.Context(), archive.Viewer{Person: anna}, file{"all.zip", packed.Bytes()}, func(r []archive.Receipt, of int) {
		so = append(so, fmt.Sprintf("%d of %d", len(r), of))
	})
	if !slices.Equal(so, []string{"1 of 3", "2 of 3", "3 of 3"}) || len(receipts) != 3 || receipts[0].Source != "all.zip!a.txt" || receipts[2].Status != archive.StatusRefused {
		t.Errorf("%v %+v", so, receipts)
	}
}

// Whoever sent a file was told that it is here. That the disk is full for a while
// is no reason to refuse it, however often it is tried.
func TestFileStaysUntilItCanBeKept(t *testing.T) {
	s := storetest.Open(t)
	const failures = 2 * attempts
	var tried atomic.Int32
	m := newImporter(s, func(ctx context.Context, by archive.Viewer, f file, tell func([]archive.Receipt, int)) []archive.Receipt {
		receipts := echo(ctx, by, f, tell)
		if tried.Add(1) <= failures {
			receipts[0].Status, receipts[0].Error, receipts[0].Later = archive.StatusRefused, "The disk is full.", true
		}
		return receipts
	})
	m.pause = 0
	id := upload(t, s, "lamp.txt")
	run(t, m)
	got := await(t, s, m, id)[0].Receipts
	if len(got) != 1 || got[0].Status != archive.StatusNew || tried.Load() != failures+1 {
		t.Errorf("after %d attempts: %+v", tried.Load(), got)
	}
}
