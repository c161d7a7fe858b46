package packing

import (
	"errors"
	"math"
	"runtime"
	"strings"
	"testing"
)

func TestLargeContentsAreReadBack(t *testing.T) {
	p := New()
	for _, size := range []int{0, 1, large, large + 1} {
		want := strings.Repeat("tea ", size/4+1)[:size]
		packing, packed := p.Pack([]byte(want))
		got, err := p.Unpack(packing, packed, int64(size))
		if err != nil || string(got) != want {
			t.Errorf("%d bytes are %d when read back: %v", size, len(got), err)
		}
	}
}

func TestVerified(t *testing.T) {
	p := New()
	content := []byte(strings.Repeat("One cup of tea. ", 40))
	sum, err := ParseSum(Sum(content))
	if err != nil {
		t.Fatal(err)
	}
	how, data := p.Pack(content)
	if got, err := p.Verified(sum, int64(len(content)), how, data); err != nil || string(got) != string(content) {
		t.Fatalf("sound content: %v", err)
	}
	for bit := range 8 * len(data) {
		data[bit/8] ^= 1 << (bit % 8)
		if _, err := p.Verified(sum, int64(len(content)), how, data); err != nil && !errors.Is(err, Damaged) {
			t.Errorf("bit %d: %v", bit, err)
		}
		data[bit/8] ^= 1 << (bit % 8)
	}
	data[len(data)/2] ^= 1
	if _, err := p.Verified(sum, int64(len(content)), how, data); !errors.Is(err, Damaged) {
		t.Errorf("a flipped bit: %v", err)
	}
	if _, err := p.Verified(sum, int64(len(content))+1, how, data); !errors.Is(err, Damaged) {
		t.Errorf("another size: %v", err)
	}
}

// TestDamagedSize unpacks with sizes that no content has: neither room nor time is
// given to what a damaged row says.
func TestDamagedSize(t *testing.T) {
	p := New()
	_, packed := p.Pack([]byte(strings.Repeat("tea ", 1000)))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, size := range []int64{math.MinInt64, -1, 0, 1, 3999, 4001, 1 << 20, 1 << 31, 4 << 30, 1 << 40, math.MaxInt64} {
		if data, err := p.Unpack(Zstd, packed, size); err == nil {
			t.Errorf("%d bytes of size: unpacked to %d", size, len(data))
		}
		sum := make([]byte, 32)
		if _, err := p.Verified(sum, size, Zstd, packed); !errors.Is(err, Damaged) {
			t.Errorf("%d bytes of size: %v", size, err)
		}
	}
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 256 {
		t.Errorf("%d MB were allocated", took)
	}
	if data, err := p.Unpack(Zstd, packed, 4000); err != nil || len(data) != 4000 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}
