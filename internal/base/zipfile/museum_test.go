package zipfile

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"testing"
)

// member is one entry of a ZIP that make writes byte by byte, so that any part
// of it can be a lie. What is zero is told truly.
type member struct {
	name   string
	text   string
	flags  uint16
	method uint16 // 0 stores
	system byte   // 3 is Unix
	mode   uint32
	size   uint32 // claimed
	packed []byte // in place of text
	sum    uint32 // of packed
	same   bool   // the directory points at the header of the member before
	extra  []byte
	behind bool // sizes and sum stand behind the body
}

// makeZIP writes a ZIP. lie changes the end record.
func makeZIP(members []member, lie func(end []byte)) []byte {
	var out, dir bytes.Buffer
	at := 0
	for _, m := range members {
		body, size, sum := m.packed, uint32(len(m.text)), crc32.ChecksumIEEE([]byte(m.text))
		if body == nil {
			body = []byte(m.text)
			if m.method == deflated {
				body = deflate(body)
			}
		} else {
			sum = m.sum
		}
		if m.size != 0 {
			size = m.size
		}
		if !m.same {
			at = out.Len()
			flags, local := m.flags, [3]uint32{sum, uint32(len(body)), size}
			if m.behind {
				flags, local = flags|8, [3]uint32{}
			}
			put(&out, localMark, uint16(20), flags, m.method, uint32(0x58000000), local[0], local[1], local[2],
				uint16(len(m.name)), uint16(len(m.extra)), []byte(m.name), m.extra, body)
			if m.behind {
				put(&out, []byte("PK\x07\x08"), sum, uint32(len(body)), size)
			}
		}
		put(&dir, entryMark, []byte{20, m.system}, uint16(20), m.flags, m.method, uint32(0x58000000), sum,
			uint32(len(body)), size, uint16(len(m.name)), uint16(len(m.extra)), uint16(0), uint16(0), uint16(0),
			m.mode<<16, uint32(at), []byte(m.name), m.extra)
	}
	var end bytes.Buffer
	put(&end, endMark, uint32(0), uint16(len(members)), uint16(len(members)), uint32(dir.Len()), uint32(out.Len()), uint16(0))
	if lie != nil {
		lie(end.Bytes())
	}
	return append(append(out.Bytes(), dir.Bytes()...), end.Bytes()...)
}

func put(out *bytes.Buffer, parts ...any) {
	for _, p := range parts {
		if err := binary.Write(out, binary.LittleEndian, p); err != nil {
			panic(err)
		}
	}
}

func deflate(data []byte) []byte {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestSpeed)
	w.Write(data)
	w.Close()
	return out.Bytes()
}

// overlapped builds the bomb whose entries share one body: each header quotes
// the ones behind it.
func overlapped(n int) []byte {
	members := []member{{name: "0", text: string(make([]byte, 1<<20)), method: deflated}}
	for i := 1; i < n; i++ {
		m := members[0]
		m.name, m.same = string(rune('a'+i%26))+string(rune('a'+i/26)), true
		members = append(members, m)
	}
	return makeZIP(members, nil)
}

func bomb(size int) string { return string(make([]byte, size)) }

const regular, symlink, device = 0o100644, 0o120777, 0o020644

// museum holds the bad ZIPs that are made to order, and what becomes of them:
// an error of Open, or else of reading the first entry.
var museum = []struct {
	name string
	data []byte
	open error
	read error
}{
	{"good", makeZIP([]member{{name: "a.txt", text: "one"}, {name: "b/c.txt", text: "two", method: deflated}}, nil), nil, nil},
	{"good, sizes behind", makeZIP([]member{{name: "a.txt", text: "one", method: deflated, behind: true}}, nil), nil, nil},
	{"empty", makeZIP(nil, nil), nil, nil},
	{"not a ZIP", []byte("Once upon a time"), ErrNot, nil},
	{"nothing", nil, ErrNot, nil},
	{"up and away", makeZIP([]member{{name: "../../etc/passwd", text: "x"}}, nil), ErrName, nil},
	{"up within", makeZIP([]member{{name: "a/../../b", text: "x"}}, nil), ErrName, nil},
	{"up with backslashes", makeZIP([]member{{name: `..\..\b`, text: "x"}}, nil), ErrName, nil},
	{"absolute", makeZIP([]member{{name: "/etc/passwd", text: "x"}}, nil), ErrName, nil},
	{"absolute with backslash", makeZIP([]member{{name: `\\server\share`, text: "x"}}, nil), ErrName, nil},
	{"drive", makeZIP([]member{{name: `c:\windows\x`, text: "x"}}, nil), ErrName, nil},
	{"drive without slash", makeZIP([]member{{name: "C:x", text: "x"}}, nil), ErrName, nil},
	{"NUL in the name", makeZIP([]member{{name: "a\x00.html", text: "x"}}, nil), ErrName, nil},
	{"newline in the name", makeZIP([]member{{name: "a\n.html", text: "x"}}, nil), ErrName, nil},
	{"no name", makeZIP([]member{{name: "", text: "x"}}, nil), ErrName, nil},
	{"dots that are harmless", makeZIP([]member{{name: "wait...what..html", text: "x"}}, nil), nil, nil},
	{"unsafe by the extra field", makeZIP([]member{{name: "ok", text: "x", extra: unicodeField("ok", "../no")}}, nil), ErrName, nil},
	{"same name", makeZIP([]member{{name: "a", text: "1"}, {name: "a", text: "2"}}, nil), ErrDuplicate, nil},
	{"same name but for case", makeZIP([]member{{name: "Straße", text: "1"}, {name: "STRASSE", text: "2"}, {name: "straßE", text: "3"}}, nil), ErrDuplicate, nil},
	{"folders twice", makeZIP([]member{{name: "a/"}, {name: "a/"}, {name: "a/b", text: "1"}}, nil), nil, nil},
	{"link", makeZIP([]member{{name: "a", text: "/etc/passwd", system: 3, mode: symlink}}, nil), ErrLink, nil},
	{"link made on a Mac", makeZIP([]member{{name: "a", text: "/etc/passwd", system: 19, mode: symlink}}, nil), ErrLink, nil},
	{"device", makeZIP([]member{{name: "a", system: 3, mode: device}}, nil), ErrLink, nil},
	{"file made on Unix", makeZIP([]member{{name: "a", text: "1", system: 3, mode: regular}}, nil), nil, nil},
	{"encrypted", makeZIP([]member{{name: "a", text: "secret", flags: 1}}, nil), nil, ErrEncrypted},
	{"unknown packing", makeZIP([]member{{name: "a", text: "x", method: 14}}, nil), nil, ErrCompressed},
	{"wrong sum", makeZIP([]member{{name: "a", packed: []byte("x"), sum: 7}}, nil), nil, ErrDamaged},
	{"not deflated", makeZIP([]member{{name: "a", method: deflated, packed: []byte("not deflated at all"), size: 9}}, nil), nil, ErrDamaged},
	{"bomb, truly told", makeZIP([]member{{name: "a", text: "x", size: 300 << 20}}, nil), ErrBomb, nil},
	{"bomb that lies", makeZIP([]member{{name: "a", text: bomb(60 << 20), method: deflated, size: 5}}, nil), nil, ErrBomb},
	{"one entry too big", makeZIP([]member{{name: "a", text: bomb(55 << 20), method: deflated, size: 5}, {name: "b", text: string(noise(600 << 10))}}, nil), nil, ErrBig},
	{"claims four gigabytes", makeZIP([]member{{name: "a", text: "x", size: 0xfffffffe}}, nil), ErrBomb, nil},
	{"overlapping", overlapped(300), ErrOverlap, nil},
	{"too many entries", makeZIP(many(5001), nil), ErrMany, nil},
	{"as many entries as may be", makeZIP(many(5000), nil), nil, nil},
	{"more entries than it says", makeZIP(many(6), func(end []byte) { end[10] = 5 }), ErrDamaged, nil},
	{"fewer entries than it says", makeZIP(many(6), func(end []byte) { end[10] = 7 }), ErrDamaged, nil},
	{"directory elsewhere", makeZIP(many(2), func(end []byte) { end[16], end[12] = 1, 9 }), ErrDamaged, nil},
	{"directory beyond the end", makeZIP(many(2), func(end []byte) { end[19] = 0x7f }), ErrDamaged, nil},
	{"junk before", append([]byte("#!/bin/sh\n"), makeZIP(many(2), nil)...), nil, nil},
	{"junk behind", append(makeZIP(many(2), nil), "junk"...), nil, nil},
	{"truncated", truncated(makeZIP(many(20), nil), 300), ErrTruncated, nil},
	{"truncated in the end record", truncated(makeZIP(many(2), nil), 3), ErrTruncated, nil},
	{"sound but for one header", broken(makeZIP(many(3), nil)), nil, ErrDamaged},
}

func many(n int) []member {
	members := make([]member, n)
	for i := range members {
		members[i] = member{name: string(rune('a'+i%26)) + string(rune(0x4e00+i)), text: "some text"}
	}
	return members
}

func truncated(data []byte, n int) []byte { return data[:len(data)-n] }

func broken(data []byte) []byte { data[0] = 'X'; return data }

func noise(n int) []byte {
	b, x := make([]byte, n), uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

func unicodeField(raw, name string) []byte {
	var b bytes.Buffer
	put(&b, uint16(0x7075), uint16(5+len(name)), byte(1), crc32.ChecksumIEEE([]byte(raw)), []byte(name))
	return b.Bytes()
}

// FuzzOpen looks for panics, and for entries that outgrow their bounds.
func FuzzOpen(f *testing.F) {
	for _, m := range museum {
		if len(m.data) < 1<<16 {
			f.Add(m.data)
		}
	}
	limits := Limits{Entries: 100, Entry: 1 << 16, Total: 1 << 18, Ratio: 100, Slack: 1 << 16, Twice: true, Salvage: true}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Open(data, limits)
		if err != nil {
			return
		}
		sum := 0
		for _, file := range a.Files {
			if isUnsafe(file.Name) {
				t.Errorf("unsafe name %q", file.Name)
			}
			text, _ := file.Read(0)
			sum += len(text)
		}
		if sum > 1<<18 {
			t.Errorf("%d bytes came out", sum)
		}
	})
}
