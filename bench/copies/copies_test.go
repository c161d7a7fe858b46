package copies

import (
	"os"
	"testing"
)

// TestMeasure runs a little of the measurement where the corpus is.
func TestMeasure(t *testing.T) {
	const corpus = "../../../shared/corpus"
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("there is no corpus beside the checkout")
	}
	r, err := Measure(corpus, 60)
	if err != nil {
		t.Fatal(err)
	}
	if r.Merged > 0 || r.Found*100 < r.Copies*98 {
		t.Errorf("%+v", r)
	}
}
