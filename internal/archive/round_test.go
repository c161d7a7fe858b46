package archive_test

import (
	"encoding/json"
	"testing"

	"ficstead/internal/archive"
)

// TestDecideRounds wants confidences told in two digits, and no tier changed by that.
func TestDecideRounds(t *testing.T) {
	for is, want := range map[float64]string{0.9834500007629394: "0.98", 0.9699999: "0.96", 0.97: "0.97", 0.57: "0.57", 0: "0", 1: "1", 0.999: "1", 0.985: "0.98"} {
		for _, c := range []archive.Choices{nil, archive.RefuseAll()} {
			before := archive.Mend{Rule: "wrap", Confidence: is, Applied: c == nil}
			m := c.Decide(before)
			got, err := json.Marshal(m.Confidence)
			if err != nil || string(got) != want || m.Tier() != before.Tier() {
				t.Errorf("%v is told as %s, tier %s; want %s, tier %s", is, got, m.Tier(), want, before.Tier())
			}
		}
	}
}
