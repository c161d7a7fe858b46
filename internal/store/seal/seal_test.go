package seal

import "testing"

// TestNoSumIsAMark takes sums that are marks for others.
func TestNoSumIsAMark(t *testing.T) {
	for n, want := range map[int64]int64{Written: 1, Older: 1, 1: 1, 7: 7, -2: -2} {
		if got := unmarked(n); got != want {
			t.Errorf("%d became %d, want %d", n, got, want)
		}
	}
}

func TestSound(t *testing.T) {
	row, other := []any{int64(1), "Tea", nil}, []any{int64(1), "Teb", nil}
	for _, sealed := range []int64{Written, Older} {
		if !Sound(sealed, row) || !Sound(sealed, other) {
			t.Errorf("a row with the mark %d is called damaged", sealed)
		}
	}
	if !Sound(Of(row), row) || Sound(Of(row), other) {
		t.Error("a changed row is not told from the one that was sealed")
	}
}
