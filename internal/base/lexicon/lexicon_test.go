package lexicon

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestWord(t *testing.T) {
	l := English()
	for word, want := range map[string]Class{
		"the": Common, "whispered": Common, "don't": Common, "gonna": Common, "okay": Common, "colour": Common, "color": Common, "fandom": Common,
		"hagrid": Unknown, "sokka": Unknown, "andlover": Unknown, "slayerfest": Unknown, "teh": Unknown,
		"emma": Name, "hermione": Name, "london": Name, "alot": Rare, "ofcourse": Rare, "aahed": Rare,
	} {
		if got := l.Word(Of(word)).Class; got != want {
			t.Errorf("%s is %d, want %d", word, got, want)
		}
	}
	order := []string{"the", "house", "whispered", "ineffable"}
	if !slices.IsSortedFunc(order, func(a, b string) int { return int(l.Word(Of(a)).Bits - l.Word(Of(b)).Bits) }) {
		t.Errorf("the words are not in the order of how common they are")
	}
}

func TestPair(t *testing.T) {
	l := English()
	likely := func(a, b string) float32 {
		joint, ok := l.Pair(Of(a), Of(b))
		if !ok {
			return 99
		}
		return joint
	}
	for _, p := range [][2]string{{"of", "the"}, {"to", "be"}, {"she", "said"}, {"did", "not"}, {"don't", "know"}} {
		if likely(p[0], p[1]) > 28 {
			t.Errorf("%s %s was never seen", p[0], p[1])
		}
	}
	if a, b := likely("of", "the"), likely("of", "ten"); a >= b {
		t.Errorf("of the %v, of ten %v", a, b)
	}
	if likely("the", "of") < 15 {
		t.Errorf("the of: %v", likely("the", "of"))
	}
	the, house, is := l.Word(Of("the")), l.Word(Of("house")), l.Word(Of("is"))
	if l.Fits(the, house) <= 0 || l.Fits(the, is) >= 0 {
		t.Errorf("the house %v, the is %v", l.Fits(the, house), l.Fits(the, is))
	}
}

// TestCollisions holds what the package comment promises.
func TestCollisions(t *testing.T) {
	l, random := English(), rand.New(rand.NewPCG(1, 2))
	const tries = 200_000
	words, rare, pairs := 0, 0, 0
	for i := range tries {
		a, b := Of(fmt.Sprintf("zq%dx%d", i, random.Uint32())), Of(fmt.Sprintf("qz%dx", random.Uint64()))
		switch l.Word(a).Class {
		case Common, Name:
			words++
		case Rare:
			rare++
		}
		if _, ok := l.Pair(a, b); ok {
			pairs++
		}
	}
	if words > tries/10_000 || rare > tries/50 || pairs > tries/5_000 {
		t.Errorf("of %d made up, %d are words, %d rare, %d pairs", tries, words, rare, pairs)
	}
}

// TestPack demands that what was packed is found again, and nothing else.
func TestPack(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 2, 100, 30_000} {
		for _, bits := range []uint{24, 32} {
			var entries []entry
			want := map[uint32]uint16{}
			for range n {
				e := entry{random.Uint32() >> (32 - bits), uint16(random.UintN(1 << 13))}
				if _, ok := want[e.key]; !ok {
					want[e.key] = e.value
					entries = append(entries, e)
				}
			}
			var got table
			if rest := got.unpack(append(tableOf(entries).pack(nil, bits, 13), 1, 2, 3)); len(rest) != 3 {
				t.Fatalf("%d entries of %d bits: %d bytes are left", n, bits, len(rest))
			}
			for key, value := range want {
				if v, ok := got.find(key); !ok || v != value {
					t.Fatalf("%d of %d: %d %v, want %d", key, n, v, ok, value)
				}
			}
			for range 1000 {
				key := random.Uint32() >> (32 - bits)
				if _, known := want[key]; !known {
					if _, ok := got.find(key); ok {
						t.Fatalf("%d is found", key)
					}
				}
			}
		}
	}
}

func TestBuilder(t *testing.T) {
	var b Builder
	b.Kinds[1][2] = 1.5
	b.Word("sea", Common, 10, 1)
	b.Word("brine", Common, 60, 0)
	b.Word("ann", Name, 12, 2)
	b.Rare("thalassic")
	b.Pair("sea", "ann", 15)
	l := open(b.Bytes())
	sea, ann := l.Word(Of("sea")), l.Word(Of("ann"))
	if sea.Class != Common || math.Abs(float64(sea.Bits-10)) > wordStep || ann.Class != Name || l.Word(Of("brine")) != (Word{Class: Common, Bits: Uncounted}) || l.Word(Of("thalassic")).Class != Rare {
		t.Errorf("%+v %+v", sea, ann)
	}
	if joint, ok := l.Pair(Of("sea"), Of("ann")); !ok || math.Abs(float64(joint-15)) > pairStep {
		t.Errorf("sea ann: %v %v", joint, ok)
	}
	if _, ok := l.Pair(Of("ann"), Of("sea")); ok || l.Fits(sea, ann) != 1.5 || l.Fits(ann, sea) != 0 {
		t.Errorf("order does not matter, or %v %v", l.Fits(sea, ann), l.Fits(ann, sea))
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(englishBin)
	}
}

func BenchmarkWord(b *testing.B) {
	l := English()
	for b.Loop() {
		l.Word(Of("whispered"))
	}
}

func BenchmarkPair(b *testing.B) {
	l, of, the := English(), Of("of"), Of("the")
	for b.Loop() {
		l.Pair(of, the)
	}
}
