package intake

import (
	"testing"

	"ficstead/internal/archive"
)

// TestRefusedOnce refuses one marker of two: it is told once, as refused, and the
// stage that sees it again in the chapter says nothing.
func TestRefusedOnce(t *testing.T) {
	in := []byte("One day he came home to the house and sat down.\n\n***\n\nThe next morning he left again.\n\n***\n\nThen it rained for a week.\n")
	m, _, err := Read("story.txt", in, nil)
	if err != nil || len(m.Mends) != 2 {
		t.Fatal(err, m.Mends)
	}
	refused := m.Mends[0].ID()
	m, _, err = Read("story.txt", in, archive.Choices{refused: false})
	if err != nil || len(m.Mends) != 2 {
		t.Fatalf("%v, mends: %+v", err, m.Mends)
	}
	for _, mend := range m.Mends {
		if mend.Applied == (mend.ID() == refused) {
			t.Errorf("%+v", mend)
		}
	}
}
