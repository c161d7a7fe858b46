package synthetic

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

func TestSameSeedSameWorks(t *testing.T) {
	a, b := New(7, 3000), New(7, 3000)
	var w Work
	for i := 2999; i >= 0; i-- { // in any order
		b.Read(i, &w)
		v := a.Work(i)
		if !slices.Equal(v.Tags, w.Tags) || !slices.Equal(v.Focus, w.Focus) || v.Updated != w.Updated || v.Kudos != w.Kudos || a.Title(i) != b.Title(i) {
			t.Fatalf("work %d: %+v, and then %+v", i, v, w)
		}
	}
	if c := New(8, 3000).Work(5); slices.Equal(c.Tags, a.Work(5).Tags) {
		t.Error("another seed has the same work")
	}
}

func TestWorksAreSound(t *testing.T) {
	a := New(3, 5000)
	uses := map[archive.Kind]int{}
	crossovers, restricted := 0, 0
	for i := range a.Works {
		w := a.Work(i)
		sorted := slices.Clone(w.Tags)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != len(w.Tags) || sorted[0] < 1 || int(sorted[len(sorted)-1]) > a.TagCount() {
			t.Fatalf("work %d has tags %v", i, w.Tags)
		}
		for _, id := range w.Tags {
			uses[a.Kind(id)]++
		}
		for _, id := range w.Focus {
			if !slices.Contains(w.Tags, id) {
				t.Fatalf("work %d is about tag %d, which it does not have", i, id)
			}
		}
		if w.Crossover {
			crossovers++
		}
		if w.Visibility == archive.Restricted {
			restricted++
		}
		if w.Posted.After(w.Updated) || w.Chapters < 1 || w.Words < 1 {
			t.Fatalf("work %d: %+v", i, w)
		}
	}
	for _, kind := range archive.Kinds {
		if uses[kind] < a.Works*9/10 {
			t.Errorf("%d tags of kind %s on %d works", uses[kind], kind, a.Works)
		}
	}
	if crossovers < 200 || crossovers > 1000 || restricted < 150 || restricted > 350 {
		t.Errorf("%d crossovers, %d restricted works", crossovers, restricted)
	}
}

// TestTagsAreSound: names differ by key, synonyms lead to tags of their kind that
// are none, metatags stand in no circle.
func TestTagsAreSound(t *testing.T) {
	a := New(5, 20_000)
	type key struct {
		archive.Kind
		string
	}
	seen := map[key]archive.TagID{}
	synonyms, ids := 0, archive.TagID(0)
	for tag := range a.Tags() {
		if ids++; tag.ID != ids {
			t.Fatalf("tag %d comes after %d", tag.ID, ids-1)
		}
		k := key{tag.Kind, text.Key(tag.Name)}
		if other := seen[k]; other != 0 || !utf8.ValidString(tag.Name) {
			t.Errorf("%q is the name of %s %d and %d", tag.Name, tag.Kind, other, tag.ID)
		}
		seen[k] = tag.ID
		if tag.Canonical != 0 {
			synonyms++
			if a.Canonical(tag.Canonical) != tag.Canonical || a.Kind(tag.Canonical) != tag.Kind {
				t.Errorf("%q is a synonym of %q", tag.Name, a.Name(tag.Canonical))
			}
		}
	}
	subs, parents := 0, 0
	for l := range a.Links() {
		if a.Canonical(l.Parent) != l.Parent || a.Canonical(l.Child) != l.Child || l.Parent == 0 {
			t.Errorf("link %+v", l)
		}
		if !l.Sub {
			parents++
			continue
		}
		subs++
		steps := 0
		for id := l.Child; id != 0; id = a.Metatag(id) {
			if steps++; steps > 20 {
				t.Fatalf("tag %d stands over itself", l.Child)
			}
		}
	}
	if synonyms < 1000 || subs < 1000 || parents < 1000 {
		t.Errorf("%d tags: %d synonyms, %d subtags, %d in fandoms", ids, synonyms, subs, parents)
	}
}

// TestNamesOfAll goes through a whole universe, used or not.
func TestNamesOfAll(t *testing.T) {
	a := New(1, 30_000)
	a.tags = nil
	for n := range a.u.size() {
		a.tags = append(a.tags, n)
	}
	type key struct {
		archive.Kind
		string
	}
	seen := map[key]bool{}
	for n := range a.tags {
		k := key{a.Kind(archive.TagID(n)), strings.ToLower(a.Name(archive.TagID(n)))}
		if seen[k] {
			t.Fatalf("%v twice", k)
		}
		seen[k] = true
	}
	creators := map[string]bool{}
	for id := range archive.CreatorID(a.CreatorCount()) {
		name := text.Key(a.Creator(id + 1).Name)
		if creators[name] {
			t.Fatalf("two creators are called %q", name)
		}
		creators[name] = true
	}
}

func TestChapter(t *testing.T) {
	a := New(2, 2000)
	long := a.AppendChapter(nil, 11, 2, 30_000)
	if again := New(2, 2000).AppendChapter([]byte("x"), 11, 2, 30_000); string(again[1:]) != string(long) {
		t.Error("the same chapter is told twice otherwise")
	}
	if short := a.AppendChapter(nil, 11, 2, 3000); !strings.HasPrefix(string(long), string(short)) {
		t.Error("a shorter chapter is another one")
	}
	if !utf8.Valid(long) || len(long) < 29_000 || len(long) > 32_000 || !strings.Contains(string(long), "\n\n") {
		t.Errorf("%d bytes: %.300s", len(long), long)
	}
	twins := 0
	for i := range a.Works {
		of, is := a.Twin(i)
		if !is {
			continue
		}
		twins++
		one, two := strings.Split(a.Chapter(i, 1), "\n\n"), strings.Split(a.Chapter(of, 1), "\n\n")
		same := 0
		for _, p := range one {
			if slices.Contains(two, p) {
				same++
			}
		}
		if same*4 < len(one)*3 && len(one) > 8 && len(two) >= len(one) {
			t.Errorf("work %d shares %d of its %d paragraphs with %d", i, same, len(one), of)
		}
	}
	if twins < 15 || twins > 50 {
		t.Errorf("%d near-duplicates of %d works", twins, a.Works)
	}
}

func BenchmarkRead(b *testing.B) {
	a := New(42, 200_000)
	var w Work
	i := 0
	for b.Loop() {
		a.Read(i%a.Works, &w)
		i++
	}
}

func BenchmarkChapter(b *testing.B) {
	a := New(42, 1000)
	var dst []byte
	i := 0
	for b.Loop() {
		dst = a.AppendChapter(dst[:0], i%a.Works, 1, 20_000)
		i++
		b.SetBytes(20_000)
	}
}

func BenchmarkName(b *testing.B) {
	a := New(42, 100_000)
	i := 0
	for b.Loop() {
		a.Name(archive.TagID(1 + i%a.TagCount()))
		i++
	}
}

func TestRequests(t *testing.T) {
	a := New(4, 10_000)
	list := a.Requests(2000)
	var kinds [KindCount]int
	for _, q := range list {
		kinds[q.Kind]++
		for _, id := range slices.Concat(q.Include, q.Exclude) {
			if a.Canonical(id) != id {
				t.Errorf("asked for the synonym %d", id)
			}
		}
		if len(q.Include) == 0 && q.Kind != Broad {
			t.Errorf("%+v", q)
		}
	}
	for kind, want := range [KindCount]int{800, 600, 400, 200} { // those without a relationship are drawn again
		if got := kinds[kind]; got < want*3/4 || got > want*5/4 {
			t.Errorf("%d of %d requests are of kind %q", got, len(list), KindNames[kind])
		}
	}
	for _, bad := range a.Worst() {
		for _, id := range slices.Concat(bad.Include, bad.Any, bad.Exclude, bad.Focus) {
			if id == 0 {
				t.Errorf("%s: names no tag", bad.Name)
			}
		}
	}
}
