package mobi

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// volume is a book to be written, with what may be odd about it.
type volume struct {
	version     int
	compression int
	codepage    int
	text        string
	extra       int // what hangs on records: bit 1 for a number, bit 0 for the rest of a letter
	encrypted   int
	meta        [][2]string // number and value, as text
	pictures    []string
	frames      []string // of version 8: frame, fragment, frame, fragment …
	toc         []string // titles, in version 6 with their places: "12 Title"
}

func be16(n int) []byte { return binary.BigEndian.AppendUint16(nil, uint16(n)) }
func be32(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

func (v volume) write() []byte { return palm(v.records()) }

// palm makes a database of records.
func palm(rows [][]byte) []byte {
	head := make([]byte, 78)
	copy(head, "A_Book")
	copy(head[60:], "BOOKMOBI")
	copy(head[76:], be16(len(rows)))
	at := 78 + 8*len(rows)
	for _, row := range rows {
		head = append(append(head, be32(at)...), 0, 0, 0, 0)
		at += len(row)
	}
	return append(head, bytes.Join(rows, nil)...)
}

const recordSize = 4096

func (v volume) records() [][]byte {
	text := []byte(v.text)
	if v.version == 8 {
		text = []byte(strings.Join(v.frames, ""))
	}
	size := len(text)
	var rows [][]byte
	for len(text) > 0 {
		n := min(recordSize, len(text))
		rows = append(rows, append(v.pack(text[:n]), v.tail()...))
		text = text[n:]
	}
	n := len(rows)
	first := none
	if len(v.pictures) > 0 {
		first = len(rows) + 1
	}
	for _, p := range v.pictures {
		rows = append(rows, []byte(p))
	}
	head := make([]byte, 16+264)
	copy(head, be16(v.compression))
	copy(head[4:], be32(size))
	copy(head[8:], be16(n))
	copy(head[10:], be16(recordSize))
	copy(head[12:], be16(v.encrypted))
	copy(head[16:], "MOBI")
	copy(head[20:], be32(264))
	copy(head[28:], be32(v.codepage))
	copy(head[36:], be32(v.version))
	copy(head[108:], be32(first))
	copy(head[242:], be16(v.extra))
	for _, at := range []int{192, 244, 248, 252} {
		copy(head[at:], be32(none))
	}
	if v.compression == 0x4448 {
		copy(head[112:], be32(len(rows)+1))
		copy(head[116:], be32(2))
		rows = append(rows, huffRecords()...)
	}
	put := func(at int, table [][]byte) {
		copy(head[at:], be32(len(rows)+1))
		rows = append(rows, table...)
	}
	v.tables(put)
	if len(v.meta) > 0 {
		copy(head[128:], be32(0x40))
		head = append(head, v.exth()...)
	}
	title := "The Harbour"
	copy(head[84:], be32(len(head)))
	copy(head[88:], be32(len(title)))
	return append([][]byte{append(head, title...)}, rows...)
}

// tables writes the indexes of a book.
func (v volume) tables(put func(at int, table [][]byte)) {
	if v.version == 8 {
		var frames, fragments []row
		at := 0
		for i := 0; i < len(v.frames); i += 2 {
			frame := v.frames[i]
			frames = append(frames, row{fmt.Sprint("SKEL", i), []int{1, 1, at, len(frame), at, len(frame)}})
			place := at + strings.Index(frame, "</body>")
			fragments = append(fragments, row{fmt.Sprintf("%010d", place), []int{0, i, i, 0, len(v.frames[i+1])}})
			at += len(frame) + len(v.frames[i+1])
		}
		put(252, indexOf([]tagx{{1, 2}, {6, 4}}, frames, ""))
		put(248, indexOf([]tagx{{2, 1}, {3, 1}, {4, 1}, {6, 2}}, fragments, ""))
	}
	if len(v.toc) == 0 {
		return
	}
	var rows []row
	labels := ""
	for i, line := range v.toc {
		place, title, _ := strings.Cut(line, " ")
		at := 0
		fmt.Sscan(place, &at)
		numbers := []int{at, len(labels), 0}
		if v.version == 8 {
			numbers = []int{len(labels), 0, i, 0}
		}
		labels += string([]byte{byte(len(title)) | 0x80}) + title
		rows = append(rows, row{fmt.Sprint(i), numbers})
	}
	if v.version == 8 {
		put(244, indexOf([]tagx{{3, 1}, {4, 1}, {6, 2}}, rows, labels))
	} else {
		put(244, indexOf([]tagx{{1, 1}, {3, 1}, {4, 1}}, rows, labels))
	}
}

type tagx struct{ number, values int }

type row struct {
	name    string
	numbers []int
}

// indexOf writes an index as its header, its rows in one record, and its texts.
func indexOf(tags []tagx, rows []row, labels string) [][]byte {
	head := make([]byte, 192)
	copy(head, "INDX")
	copy(head[4:], be32(192))
	copy(head[24:], be32(1))
	if labels != "" {
		copy(head[52:], be32(1))
	}
	head = append(head, "TAGX"...)
	head = append(append(head, be32(12+4*len(tags)+4)...), be32(1)...)
	control := byte(0)
	for i, t := range tags {
		head = append(head, byte(t.number), byte(t.values), 1<<i, 0)
		control |= 1 << i
	}
	head = append(head, 0, 0, 0, 1)
	data := make([]byte, 192)
	copy(data, "INDX")
	places := []byte("IDXT")
	for _, r := range rows {
		places = append(places, be16(len(data))...)
		data = append(append(append(data, byte(len(r.name))), r.name...), control)
		for _, n := range r.numbers {
			data = append(data, varint(n)...)
		}
	}
	copy(data[20:], be32(len(data)))
	copy(data[24:], be32(len(rows)))
	table := [][]byte{head, append(data, places...)}
	if labels != "" {
		table = append(table, []byte(labels))
	}
	return table
}

func varint(n int) []byte {
	out := []byte{byte(n&0x7F) | 0x80}
	for n >>= 7; n > 0; n >>= 7 {
		out = append([]byte{byte(n & 0x7F)}, out...)
	}
	return out
}

func (v volume) exth() []byte {
	var rows []byte
	for _, m := range v.meta {
		kind := 0
		fmt.Sscan(m[0], &kind)
		value := []byte(m[1])
		rows = append(append(append(rows, be32(kind)...), be32(8+len(value))...), value...)
	}
	return append(append(append([]byte("EXTH"), be32(12+len(rows))...), be32(len(v.meta))...), rows...)
}

func (v volume) tail() (tail []byte) {
	if v.extra&1 != 0 {
		tail = append(tail, 'x', 1) // one byte of a letter, and how many
	}
	if v.extra&2 != 0 {
		tail = append(tail, 'y', 'z', 0x83)
	}
	return tail
}

// pack packs a record as the book says.
func (v volume) pack(in []byte) []byte {
	switch v.compression {
	case 2:
		return palmdoc(in)
	case 0x4448:
		out := make([]byte, len(in))
		copy(out, in)
		return out // the codes of huffRecords are the letters themselves
	}
	return append([]byte(nil), in...)
}

// palmdoc packs with all that the format has.
func palmdoc(in []byte) (out []byte) {
	for i := 0; i < len(in); {
		best, distance := 0, 0
		for j := max(0, i-2047); j < i; j++ {
			n := 0
			for n < 10 && i+n < len(in) && in[j+n] == in[i+n] {
				n++
			}
			if n > best {
				best, distance = n, i-j
			}
		}
		switch c := in[i]; {
		case best >= 3:
			pair := 0x8000 | distance<<3 | (best - 3)
			out = append(out, byte(pair>>8), byte(pair))
			i += best
		case c == ' ' && i+1 < len(in) && in[i+1] >= 0x40 && in[i+1] < 0x80:
			out = append(out, in[i+1]|0x80)
			i += 2
		case c == 0 || c > 8 && c < 0x80:
			out = append(out, c)
			i++
		default:
			out = append(out, 1, c)
			i++
		}
	}
	return out
}

// huffRecords are tables in which each byte is a code of eight bits for itself.
// The phrase for "e" is packed in turn.
func huffRecords() [][]byte {
	huff := append([]byte("HUFF"), make([]byte, 20)...)
	copy(huff[8:], be32(24))
	copy(huff[12:], be32(24+1024))
	for range 256 {
		huff = append(huff, be32(255<<8|0x80|8)...)
	}
	huff = append(huff, make([]byte, 256)...)
	cdic := append([]byte("CDIC"), make([]byte, 12)...)
	copy(cdic[8:], be32(256))
	copy(cdic[12:], be32(8))
	at := 512
	var phrases []byte
	for i := range 256 {
		cdic = append(cdic, be16(at)...)
		letter, flag := byte(255-i), 0x8000
		if letter == 'e' {
			flag = 0 // refers to the phrase for "E"
			letter = 'E'
		}
		phrases = append(append(phrases, be16(flag|1)...), letter)
		at += 3
	}
	return [][]byte{huff, append(cdic, phrases...)}
}

var long = "<html><head><guide></guide></head><body><p>" + strings.Repeat("The sea was calm, and the storm—which nobody saw—was near. ", 400) + "</p></body></html>"

func TestPackings(t *testing.T) {
	for name, v := range map[string]volume{
		"nothing":            {version: 6, compression: 1, codepage: 65001, text: long},
		"old header":         {version: 4, compression: 1, codepage: 65001, text: long, extra: 0},
		"PalmDOC":            {version: 6, compression: 2, codepage: 65001, text: long},
		"PalmDOC, with ends": {version: 6, compression: 2, codepage: 65001, text: long, extra: 3},
		"Windows":            {version: 6, compression: 2, codepage: 1252, text: strings.ReplaceAll(long, "—", "\x97")},
	} {
		b, err := Read(v.write())
		if err != nil || len(b.Parts) != 1 || b.Cut {
			t.Fatalf("%s: %v, %d parts, cut %v", name, err, len(b.Parts), b.Cut)
		}
		if got := string(b.Parts[0].Data); got != long {
			t.Errorf("%s: got %d bytes %.200q, want %d", name, len(got), got, len(long))
		}
	}
	b, err := Read(volume{version: 6, compression: 0x4448, codepage: 65001, text: "<p>The sea—calm</p>"}.write())
	if err != nil || string(b.Parts[0].Data) != "<p>ThE sEa—calm</p>" {
		t.Errorf("HUFF: got %v, %v", b.Parts, err)
	}
}

func TestOldPages(t *testing.T) {
	text := `<html><head><guide><reference type="toc" filepos=@3@ /></guide></head><body><p>Title <a filepos=@2@>on</a></p><mbp:pagebreak/>@1@<p>One <img recindex="00002"></p><mbp:pagebreak></mbp:pagebreak>@2@<p>Two</p><mbp:pagebreak/>@3@<p>Contents</p></body></html>`
	var places [4]int
	for i := 1; i < 4; i++ { // the marks in front are as long as the numbers
		mark := fmt.Sprintf("@%d@", i)
		at := strings.LastIndex(text, mark)
		text = text[:at] + text[at+len(mark):]
		text = strings.ReplaceAll(text, mark, mark) // those in links stay
		places[i] = at
	}
	shift := 0
	for i := 1; i < 4; i++ {
		shift += strings.Count(text, fmt.Sprintf("@%d@", i)) * 7
	}
	for i := 1; i < 4; i++ {
		places[i] += shift
		text = strings.ReplaceAll(text, fmt.Sprintf("@%d@", i), fmt.Sprintf("%010d", places[i]))
	}
	b, err := Read(volume{version: 6, compression: 1, codepage: 65001, text: text, pictures: []string{"one", "two"}, toc: []string{fmt.Sprintf("%d First", places[1]), fmt.Sprintf("%d Second", places[2])},
		meta: [][2]string{{"100", "Wren"}, {"100", "Alder"}, {"105", "sea"}, {"524", "en"}, {"503", "The Harbour!"}}}.write())
	if err != nil || len(b.Parts) != 4 {
		t.Fatalf("%v, %d parts", err, len(b.Parts))
	}
	for i, want := range []string{fmt.Sprintf(`<a href="part0002.xhtml#filepos%d">on</a>`, places[2]), `<p>One <img src="pictures/2"></p>`, fmt.Sprintf(`<a id="filepos%d"></a><p>Two</p>`, places[2]), "Contents"} {
		if !strings.Contains(string(b.Parts[i].Data), want) {
			t.Errorf("part %d: got %s, want %s", i, b.Parts[i].Data, want)
		}
	}
	if b.Parts[3].Kind != "toc" || len(b.TOC) != 2 || b.TOC[1].Title != "Second" || b.TOC[1].Part != 2 || string(b.Pictures[1]) != "two" {
		t.Errorf("got %v, %v, %q", b.Parts[3].Kind, b.TOC, b.Pictures)
	}
	if b.Title != "The Harbour!" || fmt.Sprintf("%v %v %s", b.Creators, b.Subjects, b.Language) != "[Wren Alder] [sea] en" {
		t.Errorf("got %q by %v, %v, %v", b.Title, b.Creators, b.Subjects, b.Language)
	}
}

// newBook is a book of version 8 of two pages.
func newBook() volume {
	return volume{version: 8, compression: 2, codepage: 65001, pictures: []string{"one"}, toc: []string{"0 First", "1 Second"}, frames: []string{
		"<html><body class=\"a\"></body></html>", `<h2 id="c1">First</h2><p>One <a href="kindle:pos:fid:0001:off:0000000000">on</a></p>`,
		"<html><body></body></html>", `<h2 id="c2">Second</h2><img src="kindle:embed:0001?mime=image/png"/>`,
	}}
}

func TestNewPages(t *testing.T) {
	check := func(name string, data []byte) {
		t.Helper()
		b, err := Read(data)
		if err != nil || b.Version != 8 || len(b.Parts) != 2 {
			t.Fatalf("%s: %v, version %d, %d parts", name, err, b.Version, len(b.Parts))
		}
		if got, want := string(b.Parts[0].Data), `<html><body class="a"><h2 id="c1">First</h2><p>One <a href="part0001.xhtml#c2">on</a></p></body></html>`; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
		if got, want := string(b.Parts[1].Data), `<html><body><h2 id="c2">Second</h2><img src="pictures/1"/></body></html>`; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
		if len(b.TOC) != 2 || b.TOC[1] != (Entry{Title: "Second", Part: 1, ID: "c2"}) || string(b.Pictures[0]) != "one" {
			t.Errorf("%s: got %v, %.20q", name, b.TOC, b.Pictures)
		}
	}
	check("alone", newBook().write())
	old := volume{version: 6, compression: 1, codepage: 65001, text: "<p>old</p>", pictures: []string{"one"}, meta: [][2]string{{"121", "\x00\x00\x00\x04"}}}
	twice := append(old.records(), []byte("BOUNDARY"))
	check("behind an old one", palm(append(twice, newBook().records()...)))
	lost := newBook()
	rows := lost.records()
	copy(rows[0][252:], be32(none))
	b, err := Read(palm(rows))
	if err != nil || len(b.Parts) != 1 || !bytes.Contains(b.Parts[0].Data, []byte("Second")) {
		t.Errorf("without tables: %v, %v", err, b.Parts)
	}
}

func TestPalmText(t *testing.T) {
	for _, packing := range []int{1, 2} {
		rows := volume{compression: packing, text: long}.records()
		rows[0] = rows[0][:16]
		data := palm(rows)
		copy(data[60:], "TEXtREAd")
		if got, ok := PalmText(data); !ok || string(got) != long {
			t.Errorf("packed by %d: %v, %d bytes", packing, ok, len(got))
		}
		if _, ok := PalmText(data[:90]); ok {
			t.Error("the head alone is taken for a text")
		}
	}
	if _, ok := PalmText(newBook().write()); ok {
		t.Error("a book is taken for a text")
	}
}

func TestRefused(t *testing.T) {
	locked := newBook()
	locked.encrypted = 2
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"locked", locked.write(), ErrEncrypted},
		{"nothing", nil, ErrNot},
		{"head only", append(make([]byte, 60), "BOOKMOBI\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"...), ErrDamaged},
		{"unknown packing", volume{version: 6, compression: 7, text: "x"}.write(), ErrDamaged},
	} {
		if _, err := Read(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

// TestCut holds that a book that ends anywhere is read up to there, or refused.
func TestCut(t *testing.T) {
	whole := volume{version: 6, compression: 2, codepage: 65001, text: long, extra: 3}.write()
	for n := 0; n < len(whole); n += 97 {
		if b, err := Read(whole[:n]); err == nil && !b.Cut && n < len(whole)-20 {
			t.Errorf("cut at %d of %d, and nothing is told", n, len(whole))
		}
	}
}

func TestCorpus(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/corpus/*/*.[am][zo][wb]*")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := Read(data)
		if err != nil || b.Cut || b.Title == "" || len(b.Parts) < 5 {
			t.Errorf("%s: %v, %q, %d parts, cut %v", file, err, b.Title, len(b.Parts), b.Cut)
		}
	}
}

// TestMutated reads books with bytes of them changed, which found a line of
// contents without a title.
func TestMutated(t *testing.T) {
	seeds := [][]byte{
		newBook().write(),
		volume{version: 6, compression: 2, codepage: 1252, text: long[:300], extra: 3, toc: []string{"5 a"}}.write(),
		volume{version: 6, compression: 0x4448, codepage: 65001, text: "<p>e</p>"}.write(),
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		data := bytes.Clone(seeds[random.IntN(len(seeds))])
		for range 1 + random.IntN(6) {
			data[random.IntN(len(data))] = []byte{0, 0xFF, 0x80, byte(random.IntN(256))}[random.IntN(4)]
		}
		if b, err := Read(data); err == nil && len(b.Parts) == 0 {
			t.Fatal("no parts, and no refusal")
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(newBook().write())
	f.Add(volume{version: 6, compression: 2, codepage: 1252, text: long[:300], extra: 3, toc: []string{"5 a"}}.write())
	f.Add(volume{version: 6, compression: 0x4448, codepage: 65001, text: "<p>e</p>"}.write())
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Read(data)
		if err != nil {
			return
		}
		for _, e := range b.TOC {
			if e.Part < 0 || e.Part >= len(b.Parts) {
				t.Errorf("a line of contents leads to part %d of %d", e.Part, len(b.Parts))
			}
		}
	})
}
