package packing

import (
	"errors"
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
