package archive

import "testing"

func TestPublicIDIsABijection(t *testing.T) {
	seen := map[int64]int64{}
	check := func(id int64) {
		public := WorkID(id).Public()
		if public <= 0 || public > 0xffffffff {
			t.Fatalf("work %d: public id %d", id, public)
		}
		if other, ok := seen[public]; ok {
			t.Fatalf("works %d and %d share public id %d", id, other, public)
		}
		seen[public] = id
		if back := WorkFromPublic(public); back != WorkID(id) {
			t.Fatalf("work %d: public id %d leads to %d", id, public, back)
		}
	}
	for id := int64(1); id < 200_000; id++ {
		check(id)
	}
	for id := int64(0xffffffff); id > 0xffffffff-1000; id-- {
		check(id)
	}
}

// TestPublicIDAroundZero looks at the one number for which the network yields 0.
func TestPublicIDAroundZero(t *testing.T) {
	for _, key := range []uint32{workIDKey, tagIDKey, seriesIDKey, creatorIDKey, importIDKey} {
		id := int64(unscramble(0, key))
		if id == 0 {
			continue // the network maps 0 to 0, and no id is touched
		}
		public := publish(id, key)
		if public == 0 || unpublish(public, key) != id {
			t.Errorf("key %#x: id %d becomes %d, which becomes %d", key, id, public, unpublish(public, key))
		}
	}
}

// TestPublicIDsStay holds the bijection to what is in addresses that were given out.
func TestPublicIDsStay(t *testing.T) {
	got := []int64{WorkID(1).Public(), TagID(1).Public(), SeriesID(1).Public(), CreatorID(1).Public(), ImportID(1).Public(), WorkID(2).Public()}
	want := []int64{2316270943, 2667834312, 2221193217, 2429817813, 3241840393, 399862668}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("public id %d is %d, want %d: addresses would break", i, got[i], want[i])
		}
	}
}

func TestNoPublicID(t *testing.T) {
	for _, id := range []int64{0, -1, 1 << 32} {
		if got := WorkID(id).Public(); got != 0 {
			t.Errorf("work %d: public id %d, want none", id, got)
		}
		if got := WorkFromPublic(id); got != 0 {
			t.Errorf("public id %d leads to work %d, want none", id, got)
		}
	}
}
