package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"ficstead/internal/base/errs"
	"ficstead/internal/store/migrations"
	"ficstead/internal/store/storetest"
	"ficstead/internal/store/tables"
)

// small is a backup with rows in every table.
func small(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.db")
	storetest.Old(t, path, len(migrations.All()))
	var b bytes.Buffer
	if _, err := Write(t.Context(), storetest.OpenAt(t, path), &b, "test", nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sealed makes a backup of what stands in it, true or not.
func sealed(t testing.TB, plain []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	s := &sealer{w: &b, sum: sha256.New()}
	w, err := zstd.NewWriter(s, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(maxWindow))
	if err != nil {
		t.Fatal(err)
	}
	w.Write(plain)
	if err := errors.Join(w.Close(), s.seal()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// known are the errors that say what is wrong with a file.
func known(err error) bool { return errors.Is(err, errs.Damaged) || errors.Is(err, errs.Invalid) }

func TestCutOff(t *testing.T) {
	file := small(t)
	for n := range file {
		if _, err := Verify(bytes.NewReader(file[:n]), nil); !known(err) {
			t.Fatalf("cut off after %d of %d bytes: %v", n, len(file), err)
		}
	}
}

func TestFlippedBits(t *testing.T) {
	file := small(t)
	for i := range file {
		file[i] ^= 1 << (i % 8)
		if _, err := Verify(bytes.NewReader(file), nil); !known(err) {
			t.Fatalf("a bit of byte %d was flipped: %v", i, err)
		}
		file[i] ^= 1 << (i % 8)
	}
	if _, err := Verify(bytes.NewReader(file), nil); err != nil {
		t.Error(err)
	}
}

func TestStrangeFiles(t *testing.T) {
	file := small(t)
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"empty":           {nil, "ends too early"},
		"no backup":       {[]byte(strings.Repeat("Once upon a time. ", 20)), "no backup of Ficstead's"},
		"one byte more":   {append(bytes.Clone(file), 0), "cut off"},
		"twice":           {append(bytes.Clone(file), file...), "changed"},
		"without seal":    {file[:len(file)-sealSize], "cut off"},
		"another program": {sealed(t, []byte("SQLite format 3\x00 and so on, and on")), "no backup of Ficstead's"},
		"a newer format":  {sealed(t, []byte(magic+"\x02 and whatever that has")), "format 2"},
		"a long header":   {sealed(t, append([]byte(magic+"\x01"), binary.AppendUvarint(nil, 1<<40)...)), "a length of"},
		"no header":       {sealed(t, []byte(magic+"\x01\x02{]")), "header"},
		"endless number":  {sealed(t, append([]byte(magic+"\x01"), bytes.Repeat([]byte{0xff}, 50)...)), "changed"},
		"nothing in it":   {sealed(t, spellHeader([]byte("{}"))), "ends too early"},
	} {
		if _, err := Verify(bytes.NewReader(c.file), nil); !known(err) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Restore(t.Context(), bytes.NewReader(c.file), filepath.Join(t.TempDir(), "archive.db"), nil); !known(err) {
			t.Errorf("%s: restored: %v", name, err)
		}
	}
}

// crafted is a backup of records that f spells, sealed and summed as if it were
// true.
func crafted(t testing.TB, done []string, f func(*encoder)) []byte {
	t.Helper()
	text, err := json.Marshal(Header{Program: "craft", Migrations: done})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e := newEncoder(&b)
	f(e)
	sum, err := e.end()
	if err != nil {
		t.Fatal(err)
	}
	return sealed(t, append(append(append(spellHeader(text), b.Bytes()...), isEnd), sum[:]...))
}

func number(n int64) tables.Value { return tables.Value{Kind: tables.Int, Int: n} }
func text(s string) tables.Value  { return tables.Value{Kind: tables.Text, Bytes: []byte(s)} }
func raw(b []byte) tables.Value   { return tables.Value{Kind: tables.Bytes, Bytes: b} }

func table(name string, columns ...string) tables.Table {
	return head{name: name, columns: columns}.spelt()
}

// TestLies reads backups whose sums are right and whose rows are not.
func TestLies(t *testing.T) {
	var first []string
	for _, m := range migrations.All()[:3] {
		first = append(first, m.Name)
	}
	body := table("body", "id", "sum", "size", "packing", "data")
	bomb, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 64<<20)
	small := bomb.EncodeAll(zeros, nil)
	one := func(columns tables.Table, values ...tables.Value) func(*encoder) {
		return func(e *encoder) {
			e.table(columns, 0)
			e.row(values)
			e.done(1)
		}
	}
	sum := make([]byte, sha256.Size)
	for name, c := range map[string]struct {
		records func(*encoder)
		says    string
	}{
		"a content that is another":        {one(body, number(1), raw(sum), number(1), number(0), raw([]byte("x"))), "is damaged"},
		"a content that unpacks to more":   {one(body, number(1), raw(sum), number(5), number(1), raw(small)), "does not have 5 bytes"},
		"a content of a lying size":        {one(body, number(1), raw(sum), number(1<<62), number(1), raw(small)), "does not have"},
		"a content of a negative size":     {one(body, number(1), raw(sum), number(-5), number(1), raw(small)), "does not have -5 bytes"},
		"an unknown packing":               {one(body, number(1), raw(sum), number(1), number(7), raw(nil)), "unknown packing"},
		"contents without a column":        {one(table("body", "id"), number(1)), "no column"},
		"a table nobody knows":             {one(table("sqlite_master", "sql"), text("x")), "no table is like"},
		"a column nobody knows":            {one(table("work", "id", `x"; DROP TABLE work; --`), number(1), number(1)), "no table is like"},
		"a table without columns":          {func(e *encoder) { e.table(table("work"), 0); e.done(0) }, "without columns"},
		"a table twice":                    {func(e *encoder) { e.table(body, 0); e.done(0); e.table(body, 0); e.done(0) }, "twice"},
		"another number of rows":           {func(e *encoder) { e.table(body, 0); e.done(3) }, "0 rows"},
		"tables that are missing":          {func(e *encoder) { e.table(body, 0); e.done(0) }, "not what the backup holds"},
		"a text that is none":              {one(table("setting", "key", "value"), text("a\xff"), text("")), "a text that is none"},
		"a NUL":                            {one(table("setting", "key", "value"), text("a\x00"), text("")), "a text that is none"},
		"a number where a text stands":     {one(body, number(1), number(5), number(1), number(0), raw(nil)), "damaged"},
		"a value of no kind":               {one(table("setting", "key", "value"), tables.Value{Kind: 9}, text("")), "a value of the kind"},
		"a record of no kind":              {func(e *encoder) { e.kind('?') }, "a record of the kind"},
		"a row outside a table":            {func(e *encoder) { e.row(nil) }, "a record of the kind"},
		"a number that was never given":    {func(e *encoder) { e.table(body, 1<<63-1); e.done(0) }, ""},
		"a table whose name has no end":    {func(e *encoder) { e.kind(isTable); e.size(1 << 50) }, "a length of"},
		"a table of too many columns":      {func(e *encoder) { e.kind(isTable); e.text("work"); e.size(1 << 50) }, "a length of"},
		"a value larger than any":          {func(e *encoder) { e.table(body, 0); e.kind(isRow); e.kind(byte(tables.Bytes)); e.size(maxValue + 1) }, "a length of"},
		"a value that is not there":        {func(e *encoder) { e.table(body, 0); e.kind(isRow); e.kind(byte(tables.Bytes)); e.size(maxValue) }, "ends too early"},
		"a value of nothing but zeros":     {one(table("setting", "key", "value"), raw(make([]byte, maxValue)), text("")), "of another kind"},
		"rows that refer to nothing there": {one(table("hold", "work", "body"), number(1), number(2)), "FOREIGN KEY"},
	} {
		t.Run(name, func(t *testing.T) {
			file := crafted(t, first, c.records)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Restore(t.Context(), bytes.NewReader(file), filepath.Join(t.TempDir(), "archive.db"), nil)
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("restored: %v", err)
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > 512<<20 {
				t.Errorf("it took %d bytes of memory", took)
			}
			Verify(bytes.NewReader(file), nil) // must not panic; some of this only a database can know
		})
	}
}

// TestNewerSchema refuses the backups of programs to come.
func TestNewerSchema(t *testing.T) {
	var all []string
	for _, m := range migrations.All() {
		all = append(all, m.Name)
	}
	for name, done := range map[string][]string{
		"newer version": append(all, "migrations/9999_later.sql"), "none that this program knows": {all[1], all[0]}, "its list of migrations": nil,
	} {
		file := crafted(t, done, func(*encoder) {})
		if _, err := Restore(t.Context(), bytes.NewReader(file), filepath.Join(t.TempDir(), "archive.db"), nil); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("migrations %v: %v", done, err)
		}
	}
}

// FuzzRecords reads what stands behind a true seal, packed or not.
func FuzzRecords(f *testing.F) {
	var b bytes.Buffer
	e := newEncoder(&b)
	e.table(table("setting", "key", "value"), 0)
	e.row([]tables.Value{text("a"), text("b")})
	e.done(1)
	e.table(table("body", "id", "sum", "size", "packing", "data"), 7)
	sum := sha256.Sum256([]byte("x"))
	e.row([]tables.Value{number(1), raw(sum[:]), number(1), number(0), raw([]byte("x"))})
	e.done(1)
	all, err := e.end()
	if err != nil {
		f.Fatal(err)
	}
	whole := append(append(append(spellHeader([]byte(`{"program":"x"}`)), b.Bytes()...), isEnd), all[:]...)
	if err := readPlain(whole); err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := readPlain(b); err != nil && !known(err) {
			t.Errorf("%v does not say whether the file is damaged or none", err)
		}
	})
}

// readPlain reads records that are neither packed nor sealed.
func readPlain(b []byte) (err error) {
	in := &reader{file: &unsealer{}, in: decoder{bufio.NewReader(bytes.NewReader(b))}, sum: newEncoder(io.Discard)}
	defer in.contents.close()
	if in.Header, err = in.in.header(); err != nil {
		return whatIsWrong(err)
	}
	return in.all(func(head) error { return nil }, func([]tables.Value) error { return nil }, nil)
}
