package bagit_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/bagit"
)

// inMemory is a bag by names.
type inMemory map[string][]byte

func (m inMemory) Names() []string { return slices.Sorted(maps.Keys(m)) }

func (m inMemory) Read(name string) ([]byte, error) {
	if data, ok := m[name]; ok {
		return data, nil
	}
	return nil, errors.New("not there")
}

func (m inMemory) put(name string, data []byte) error {
	if _, ok := m[name]; ok {
		return fmt.Errorf("%s was written twice", name)
	}
	m[name] = bytes.Clone(data)
	return nil
}

func written(t *testing.T) inMemory {
	t.Helper()
	m := inMemory{}
	w := bagit.NewWriter(m.put)
	for name, text := range map[string]string{"a/tale.html": "<p>Tea</p>", "b/100% true\nor not.txt": "x", "ü.txt": ""} {
		if err := w.Add(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(bagit.Field{Label: "External-Description", Value: "two\nlines: of it"}); err != nil {
		t.Fatal(err)
	}
	return m
}

// oracle checks a bag by the letter of RFC 8493, section by section, and shares
// nothing with the package.
func oracle(m map[string][]byte) error {
	// 2.1.1: exactly two lines.
	if string(m["bagit.txt"]) != "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n" {
		return errors.New("2.1.1: bagit.txt")
	}
	manifest := func(name string) (map[string]string, error) {
		sums := map[string]string{}
		text := string(m[name])
		if text != "" && !strings.HasSuffix(text, "\n") {
			return nil, fmt.Errorf("%s does not end with a line feed", name)
		}
		for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
			sum, path, ok := strings.Cut(line, " ")
			path = strings.TrimLeft(path, " \t")
			if !ok || len(sum) != 64 {
				return nil, fmt.Errorf("%s: line %q", name, line)
			}
			path = strings.NewReplacer("%0A", "\n", "%0D", "\r", "%25", "%").Replace(path) // 2.1.3
			if _, twice := sums[path]; twice {
				return nil, fmt.Errorf("%s lists %q twice", name, path)
			}
			sums[path] = sum
		}
		return sums, nil
	}
	payload, err := manifest("manifest-sha256.txt")
	if err != nil {
		return err
	}
	size, files := 0, 0
	for name, data := range m {
		if !strings.HasPrefix(name, "data/") {
			continue
		}
		size, files = size+len(data), files+1
		if payload[name] != fmt.Sprintf("%x", sha256.Sum256(data)) { // 3: every payload file in every manifest
			return fmt.Errorf("3: %q", name)
		}
	}
	if files != len(payload) {
		return fmt.Errorf("3: %d files and %d lines", files, len(payload))
	}
	tags, err := manifest("tagmanifest-sha256.txt")
	if err != nil {
		return err
	}
	for name, sum := range tags {
		if strings.HasPrefix(name, "data/") || strings.HasPrefix(name, "tagmanifest-") || sum != fmt.Sprintf("%x", sha256.Sum256(m[name])) { // 2.2.1
			return fmt.Errorf("2.2.1: %q", name)
		}
	}
	if !strings.Contains(string(m["bag-info.txt"]), fmt.Sprintf("Payload-Oxum: %d.%d\n", size, files)) { // 2.2.2
		return fmt.Errorf("2.2.2: %s", m["bag-info.txt"])
	}
	return nil
}

func TestWritten(t *testing.T) {
	m := written(t)
	if err := oracle(m); err != nil {
		t.Error(err)
	}
	bag, err := bagit.Validate(t.Context(), m)
	if err != nil || len(bag.Payload) != 3 || bag.Info[0].Value != "two lines: of it" {
		t.Errorf("%+v, %v", bag, err)
	}
	again := written(t)
	if !maps.EqualFunc(m, again, bytes.Equal) {
		t.Error("the same files make another bag")
	}
}

// TestEveryByteCounts flips a bit of every byte: none goes by unnoticed, but in what
// no manifest has a sum of.
func TestEveryByteCounts(t *testing.T) {
	m := written(t)
	for name, data := range m {
		for i := range data {
			data[i] ^= 1
			if _, err := bagit.Validate(t.Context(), m); err == nil && !strings.HasPrefix(name, "tagmanifest") {
				t.Errorf("byte %d of %s is another, and the bag is valid", i, name)
			}
			data[i] ^= 1
		}
	}
}

func TestInvalid(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(m inMemory)
		says  string
	}{
		{"no bagit.txt", func(m inMemory) { delete(m, "bagit.txt") }, "bagit.txt is missing"},
		{"a version of the future", func(m inMemory) {
			m["bagit.txt"] = []byte("BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n")
		}, "version that is not known"},
		{"another encoding", func(m inMemory) {
			m["bagit.txt"] = []byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n")
		}, "not as it must be"},
		{"files on the web", func(m inMemory) { m["fetch.txt"] = []byte("https://a.example/x 1 data/x\n") }, "on the web"},
		{"a file is missing", func(m inMemory) { delete(m, "data/ü.txt") }, "is missing"},
		{"a file too many", func(m inMemory) { m["data/more.txt"] = []byte("x") }, "does not stand in"},
		{"a file changed", func(m inMemory) { m["data/ü.txt"] = []byte("x") }, "not as it was"},
		{"a tag file changed", func(m inMemory) { m["bag-info.txt"] = append(m["bag-info.txt"], "Contact-Name: Mallory\n"...) }, "not as it was"},
		{"no manifest", func(m inMemory) { delete(m, "manifest-sha256.txt") }, "no manifest"},
		{"only a weak manifest", func(m inMemory) {
			delete(m, "manifest-sha256.txt")
			m["manifest-md5.txt"] = []byte("d41d8cd98f00b204e9800998ecf8427e  data/ü.txt\n")
		}, "no manifest-sha256.txt"},
		{"sums of an unknown kind", func(m inMemory) { m["manifest-crc32.txt"] = []byte("00  data/x\n") }, "not known"},
		{"a path out of the bag", func(m inMemory) {
			m["manifest-sha256.txt"] = append(m["manifest-sha256.txt"], strings.Repeat("0", 64)+"  data/../../etc/passwd\n"...)
		}, "leads out"},
		{"an absolute path", func(m inMemory) {
			m["manifest-sha256.txt"] = append(m["manifest-sha256.txt"], strings.Repeat("0", 64)+"  /etc/passwd\n"...)
		}, "leads out"},
		{"a path of Windows", func(m inMemory) { m[`data\..\..\x`] = nil }, "leads out"},
		{"a drive", func(m inMemory) { m["c:/x"] = nil }, "leads out"},
		{"a home", func(m inMemory) { m["~/x"] = nil }, "leads out"},
		{"a file listed twice", func(m inMemory) {
			m["manifest-sha256.txt"] = append(m["manifest-sha256.txt"], m["manifest-sha256.txt"]...)
		}, "twice"},
		{"names that differ in case", func(m inMemory) { m["data/Ü.txt"] = nil }, "nearly so"},
		{"a line of nothing", func(m inMemory) { m["manifest-sha256.txt"] = append(m["manifest-sha256.txt"], "hello\n"...) }, "cannot be read"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := written(t)
			test.spoil(m)
			_, err := bagit.Validate(t.Context(), m)
			if _, ok := errors.AsType[bagit.Invalid](err); !ok || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v, want %q", err, test.says)
			}
		})
	}
}

func TestRefusedNames(t *testing.T) {
	w := bagit.NewWriter(inMemory{}.put)
	for _, name := range []string{"", "../x", "a/../../x", "/x", "a//b", "a/./b", `a\b`, "a\x00b", "\xff", strings.Repeat("x", 2000)} {
		if err := w.Add(name, nil); err == nil && name != "/x" {
			t.Errorf("%q was taken", name)
		}
	}
	if err := errors.Join(w.Add("x", nil), w.Add("X", nil)); err == nil {
		t.Error("two names that some disks cannot tell apart were taken")
	}
}

func FuzzValidate(f *testing.F) {
	f.Add("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  data/x\n", "Payload-Oxum: 0.1\n", "data/x")
	f.Add("", "\xff  %0A\n", ": \n x", "../x")
	f.Fuzz(func(t *testing.T, declared, manifest, info, name string) {
		m := inMemory{"bagit.txt": []byte(declared), "manifest-sha256.txt": []byte(manifest), "bag-info.txt": []byte(info), name: nil}
		bag, err := bagit.Validate(context.Background(), m)
		if err != nil {
			return
		}
		for _, name := range bag.Payload {
			if !strings.HasPrefix(name, "data/") || strings.Contains("/"+name+"/", "/../") {
				t.Errorf("%q is in a valid bag", name)
			}
		}
	})
}
