//go:build linux

package vocabulary_test

import (
	"flag"
	"fmt"
	"iter"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"ficstead/internal/archive"
	v "ficstead/internal/index/vocabulary"
)

var benchTags = flag.Int("tags", 200_000, "how many tags the benchmarks have; 5,000,000 is what an archive of ten million works may have")

// many throws tags as an archive has them: few fandoms, twice as many relationships
// as characters, names of made-up words by Zipf, one in six a synonym, one in twenty
// of the canonical ones below a metatag.
type many struct{ n int }

func (m many) random(id archive.TagID) dice { return newDice(uint64(id)) }

func (d dice) word(most int) string {
	const onsets, vowels = "b c d f g h j k l m n p r s t v w z br ch dr fl gr kh sh st th tr", "a e i o u ai ea ou"
	o, w := strings.Fields(onsets), strings.Fields(vowels)
	n := int(math.Exp(d.Float64() * math.Log(float64(most)))) // Zipf
	var b strings.Builder
	for k := n + 7; k > 0; k /= len(o) * len(w) {
		b.WriteString(o[k%len(o)] + w[k/len(o)%len(w)])
	}
	return b.String()
}

func (d dice) person() string { return title(d.word(20_000)) + " " + title(d.word(60_000)) }

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (m many) tag(id archive.TagID) archive.Tag {
	d := m.random(id)
	t := archive.Tag{ID: id}
	switch at := id % 100; {
	case at == 0:
		t.Kind, t.Name = archive.Fandom, fmt.Sprintf("%s of %s (%d)", title(d.word(3000)), title(d.word(9000)), 1950+d.IntN(75))
	case at < 25:
		t.Kind, t.Name = archive.CharacterTag, d.person()
	case at < 70:
		t.Kind, t.Name = archive.Relationship, d.person()+"/"+d.person()
	default:
		var words []string
		for range 1 + d.IntN(6) {
			words = append(words, d.word(30_000))
		}
		t.Kind, t.Name = archive.Freeform, title(strings.Join(words, " "))
	}
	if to := id - 100*archive.TagID(1+d.IntN(50)); id%6 == 1 && to > 0 && to%6 != 1 {
		t.Canonical = to
	}
	return t
}

func (m many) tags() iter.Seq[archive.Tag] {
	return func(yield func(archive.Tag) bool) {
		for id := archive.TagID(1); int(id) <= m.n; id++ {
			if !yield(m.tag(id)) {
				return
			}
		}
	}
}

func (m many) links() iter.Seq[archive.TagLink] {
	return func(yield func(archive.TagLink) bool) {
		for id := archive.TagID(2001); int(id) <= m.n; id++ {
			if id%20 == 3 && id/2000%2 == 1 && !yield(archive.TagLink{Parent: id - 2000, Child: id, Sub: true}) {
				return
			}
			if kind := id % 100; kind > 0 && kind < 70 && !yield(archive.TagLink{Parent: id - kind, Child: id}) {
				return
			}
		}
	}
}

// Most tags are new and rare; the first of each hundred are found most.
func (m many) All(id archive.TagID) int {
	x := uint64(id) * 0x9e3779b97f4a7c15 >> 40
	return 1 + int(float64(m.n)/(1+float64(x)*float64(m.n)/(1<<24)))
}

func (m many) Visible(id archive.TagID) int { return m.All(id) * 9 / 10 }

// threadTime is the time of the processor that this thread has had: others may be
// at work on this machine.
func threadTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// BenchmarkVocabulary builds one of many tags and asks it what people type.
func BenchmarkVocabulary(b *testing.B) {
	m := many{*benchTags}
	before, start := heap(), time.Now()
	made := v.Build(m.tags(), m.links())
	built := time.Since(start)
	start = time.Now()
	made = made.Weigh(m.All)
	weighed := time.Since(start)
	fmt.Printf("%d tags: built in %v, most of which may be making them up; weighed in %v; %.1f bytes a tag\n", m.n, built, weighed, float64(heap()-before)/float64(m.n))
	var typed []string
	for i := range 400 {
		d := newDice(uint64(i))
		name := strings.ToLower(m.tag(archive.TagID(1 + d.IntN(m.n))).Name)
		words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '/' })
		from := d.IntN(len(words))
		one := words[from]
		typed = append(typed, one[:1], one[:min(2, len(one))], one[:min(3, len(one))], one, name[:len(name)/2],
			one[:1]+" "+words[len(words)-1][:1], words[len(words)-1]+" "+one[:min(2, len(one))])
	}
	slip := func(s string, d dice) string {
		i := d.IntN(len(s))
		return s[:i] + "e" + s[min(len(s), i+d.IntN(2)):]
	}
	for _, bench := range []struct {
		name string
		ask  func(i int)
	}{
		{"complete", func(i int) { made.Complete(m, 0, typed[i%len(typed)], 10) }},
		{"complete fandoms", func(i int) { made.Complete(m, archive.Fandom, typed[i%len(typed)], 10) }},
		{"near", func(i int) {
			d := newDice(uint64(i))
			made.Near(m, 0, slip(slip(m.tag(archive.TagID(1+d.IntN(m.n))).Name, d), d), 5)
		}},
		{"namesakes", func(i int) { made.Namesakes(m, archive.CharacterTag, typed[i%len(typed)], 5) }},
		{"saying", func(i int) { made.Saying(strings.Fields(typed[i%len(typed)])) }},
		{"named", func(i int) { made.Named(0, m.tag(archive.TagID(1+i%m.n)).Name) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := threadTime()
				bench.ask(i)
				took = append(took, threadTime()-start)
			}
			slices.Sort(took)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-us")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-us")
			b.ReportMetric(float64(took[len(took)-1].Microseconds()), "max-us")
		})
	}
	b.Run("with one tag merged", func(b *testing.B) {
		now := made
		for i := 0; b.Loop(); i++ {
			t := m.tag(archive.TagID(2 + 6*i%(m.n/2)))
			t.Canonical = 4
			now, _ = now.With(v.Change{Tags: []archive.Tag{t}})
		}
	})
	b.Run("with one new tag", func(b *testing.B) {
		now := made
		for i := 0; b.Loop(); i++ {
			t := m.tag(archive.TagID(m.n + 1 + i))
			t.Canonical = 0
			now, _ = now.With(v.Change{Tags: []archive.Tag{t}})
		}
	})
	b.Run("with a metatag above many", func(b *testing.B) {
		for b.Loop() {
			l := archive.TagLink{Parent: 12, Child: 103, Sub: true}
			made.With(v.Change{Linked: []archive.TagID{12, 103}, Links: []archive.TagLink{l}})
		}
	})
	b.Run("compact", func(b *testing.B) {
		now, _ := made.With(v.Change{Tags: slices.Collect(many{5000}.tags())})
		for b.Loop() {
			now.Compact()
		}
	})
}

// BenchmarkFile is what filing one work of 25 tags costs.
func BenchmarkFile(b *testing.B) {
	m := many{*benchTags}
	made := v.Build(m.tags(), m.links())
	works := make([][]archive.TagID, 4096)
	for i := range works {
		d := newDice(uint64(i))
		for range 25 {
			works[i] = append(works[i], archive.TagID(1+int(float64(m.n)*d.Float64()*d.Float64()*d.Float64())))
		}
	}
	var room [500]archive.TagID
	for _, bench := range []struct {
		name string
		do   func(own []archive.TagID)
	}{
		{"filters", func(own []archive.TagID) { made.Filters(room[:0], own) }},
		{"crosses", func(own []archive.TagID) { made.Crosses(own) }},
		{"one ship", func(own []archive.TagID) { made.OneShip(own) }},
		{"focus", func(own []archive.TagID) { made.Focus(room[:0], own) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				bench.do(works[i%len(works)])
			}
		})
	}
}
