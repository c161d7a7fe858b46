package internal_test

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/export"
	"ficstead/internal/find"
	"ficstead/internal/intake"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// damaged is a text with Windows-1252 quotes, a NUL, Windows line ends, hard
// wraps and a scene break in a spelling of its own.
var damaged = "Title: Tea\r\nAuthor: Anna\r\nFandom: The Lighthouse Sagas\r\n\r\n" +
	"\x93One\x00 cup,\x94 said the keeper of the light, who had been standing at the\r\n" +
	"window since the lamp went out and had not once turned round to see who it\r\n" +
	"was that had come up the stairs.\r\n\r\n~*~*~\r\n\r\n" +
	strings.Repeat("Nobody answered, and nobody put the kettle on, and the rain that had begun\r\n"+
		"at noon went on for the whole of that evening as if it had been asked to, by\r\n"+
		"someone with nothing better to do.\r\n\r\n", 4)

// TestRoad follows one damaged text from the door to the book, on both databases.
func TestRoad(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		anna := archive.Viewer{Person: 1}
		file := intake.File{Name: "tea.txt", Data: func() ([]byte, error) { return []byte(damaged), nil }}
		receipt := intake.Bring(t.Context(), s, anna, file, false)[0]
		if receipt.Status != archive.StatusNew || receipt.Title != "Tea" || len(receipt.Mends) < 3 {
			t.Fatalf("receipt %+v", receipt)
		}
		if again := intake.Bring(t.Context(), s, anna, file, false)[0]; again.Status != archive.StatusSame || again.Work != receipt.Work {
			t.Errorf("the same file again: %+v", again)
		}

		finder, err := find.Open(t.Context(), s, find.Options{})
		if err != nil {
			t.Fatal(err)
		}
		question := find.Question{Query: `fandom:"lighthouse sagas" creator:anna`}
		answer, err := finder.Works(t.Context(), anna, question)
		if err != nil || answer.Total != 1 || answer.IDs[0] != receipt.Work {
			t.Fatalf("found %+v, %v; want work %d", answer, err, receipt.Work)
		}
		stranger, err := finder.Works(t.Context(), archive.Viewer{Person: 2}, question)
		if err != nil || stranger.Total != 0 {
			t.Errorf("another person finds %+v, %v", stranger, err)
		}

		var book export.Book
		err = s.Read(t.Context(), func(tx *store.Tx) (err error) {
			book, err = export.Load(tx, anna, answer.IDs...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		text, err := export.Text(book)
		if err != nil {
			t.Fatal(err)
		}
		const whole = "“One cup,” said the keeper of the light, who had been standing at the window since the lamp went out and had not once turned round to see who it was that had come up the stairs."
		if got := strings.Join(strings.Fields(string(text)), " "); !strings.Contains(got, whole) {
			t.Errorf("exported %q", got)
		}
		page, err := export.HTML(book)
		if err != nil || !strings.Contains(string(page), "<hr") {
			t.Errorf("the scene break is not in the page (%v)", err)
		}
	})
}
