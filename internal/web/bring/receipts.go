package bring

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/mends"
	"ficstead/internal/web/words"
)

// waiting is the status of a file whose turn has not come.
const waiting archive.Status = "waiting"

var statusWords = map[archive.Status]string{
	archive.StatusNew:       "New",
	archive.StatusUpdated:   "Updated",
	archive.StatusSame:      "Already here",
	archive.StatusDuplicate: "Another copy",
	archive.StatusRefused:   "Refused",
	waiting:                 "Waiting",
}

// kindWords are the formats in a reader's words.
var kindWords = map[string]string{
	"ao3-html": "AO3 download, HTML", "ao3-epub": "AO3 download, EPUB", "ao3-page": "saved AO3 page", "ao3-kindle": "AO3 download, Kindle",
	"epub": "EPUB", "html": "web page", "markdown": "Markdown", "text": "plain text", "mhtml": "saved web page", "ficstead-html": "Ficstead download, HTML",
	"docx": "Word", "odt": "OpenDocument", "rtf": "RTF", "fb2": "FB2", "kindle": "Kindle book", "fichub": "FicHub export",
	"efiction": "story of a rescued archive", "automated-archive": "story of a rescued archive", "record": "record of a story",
}

// kindOf is a format in a reader's words, also of a page that is a part of a work.
func kindOf(kind string) string {
	whole, part := strings.CutSuffix(kind, "/part")
	if said := kindWords[whole]; said != "" {
		whole = said
	}
	if part {
		return whole + ", one part"
	}
	return whole
}

// A receiptRow is what became of one file, as the page shows it.
type receiptRow struct {
	ID                    string // within the import: "3", or "3.17" for the 17th file of a ZIP
	Source                string
	Kind                  string
	Status                archive.Status
	Label                 string
	Work                  archive.WorkID
	Title                 string
	Href                  string // "" if there is no work to go to
	Mends                 []mends.Group
	MendsHref, MendsWords string
	Compare               string // address of its copies, if it is one
	Warnings              []string
	Error                 string
	Gone                  string // what became of the work since, "" if it is here
	Kept                  bool
	Import                string // address of the import
}

// Anchor is the row's id on the page.
func (r receiptRow) Anchor() string { return "r" + strings.ReplaceAll(r.ID, ".", "-") }

// MayDiscard reports whether what this file changed can be undone.
func (r receiptRow) MayDiscard() bool {
	return r.Gone == "" && r.Work != 0 && (r.Status == archive.StatusNew || r.Status == archive.StatusUpdated || r.Status == archive.StatusDuplicate)
}

// Discard is what the button that undoes it says.
func (r receiptRow) Discard() string {
	if r.Status == archive.StatusUpdated {
		return "Go back to the earlier copy"
	}
	return "Discard"
}

// rowExamples is how many mends of a rule a receipt shows; the rest have a page.
const rowExamples = 3

// receiptRows lists every receipt of an import, and every file that has none yet.
// Partials are of files that hold several and are in hand.
func receiptRows(batch store.Import, items []store.ImportItem, partials []jobs.Partial, done review) []receiptRow {
	rows := make([]receiptRow, 0, len(items))
	for i, item := range items {
		id := strconv.Itoa(i + 1)
		several := len(item.Receipts) > 1
		if !item.Done {
			row := receiptRow{ID: id, Source: item.Name, Status: waiting, Label: statusWords[waiting]}
			if at := slices.IndexFunc(partials, func(p jobs.Partial) bool { return p.Item == item.ID }); at >= 0 {
				p := partials[at]
				row.Label, item.Receipts, several = partialWords(p), p.Receipts, p.Of > 1
			}
			rows = append(rows, row)
		}
		for j, receipt := range item.Receipts {
			row := newReceiptRow(receipt)
			if row.ID = id; several {
				row.ID = fmt.Sprintf("%s.%d", id, j+1)
			}
			if slices.Contains(done.Discarded, row.ID) {
				row.Gone = goneWords(row.Status)
			}
			row.Kept, row.Import = done.Kept, address.Import(batch.ID)
			rows = append(rows, row)
		}
	}
	return rows
}

// partialWords says how far a file is that holds several.
func partialWords(p jobs.Partial) string {
	return fmt.Sprintf("%s of %s", words.Number(len(p.Receipts)), words.Number(p.Of))
}

func newReceiptRow(r archive.Receipt) receiptRow {
	row := receiptRow{
		Source: strings.ReplaceAll(r.Source, "!", " → "), Kind: kindOf(r.Kind), Status: r.Status, Label: statusWords[r.Status],
		Work: r.Work, Title: r.Title, Warnings: r.Warnings, Error: r.Error, Mends: mends.Groups(r.Mends, rowExamples),
	}
	if row.Title == "" {
		row.Title = "Untitled"
	}
	return row
}

func goneWords(status archive.Status) string {
	if status == archive.StatusUpdated {
		return "Discarded: the earlier copy is back."
	}
	return "Discarded: it is no longer in the library."
}

// fillRows links the rows that are shown to works that are still here.
func fillRows(tx *store.Tx, v archive.Viewer, rows []receiptRow) error {
	var ids []archive.WorkID
	for _, row := range rows {
		if row.Work != 0 {
			ids = append(ids, row.Work)
		}
	}
	works, err := tx.Works(ids)
	if err != nil {
		return err
	}
	here := map[archive.WorkID]archive.Work{}
	for _, w := range works {
		if v.MaySeeWork(w) {
			here[w.ID] = w
		}
	}
	for i := range rows {
		row := &rows[i]
		w, ok := here[row.Work]
		switch {
		case ok:
			row.Title, row.Href = words.Title(w), address.Work(w.ID)
			if row.Status == archive.StatusDuplicate && v.MayChange(w) {
				row.Compare = address.Copies(w.ID)
			}
			if len(row.Mends) > 0 {
				row.MendsHref, row.MendsWords = mendsLink(v, w, row.Mends)
			}
		case row.Work != 0 && row.Gone == "":
			row.Gone = "Discarded: it is no longer in the library."
		}
	}
	return nil
}

// mendsLink leads to all mends of a work: for its keeper to decide, for others to look at.
func mendsLink(v archive.Viewer, w archive.Work, groups []mends.Group) (href, label string) {
	if v.MayChange(w) {
		n := 0
		for _, g := range groups {
			n += g.Count
		}
		return address.Review(w.ID), "Review " + words.Counted(n, "mend", "mends") + ", and undo what is wrong"
	}
	return address.Mends(w.ID), "All mends in this work"
}

// A review is what a person decided about an import after it was done.
type review struct {
	Kept      bool     `json:"kept"`
	Discarded []string `json:"discarded"` // ids of receipts
}

func reviewKey(id archive.ImportID) string { return fmt.Sprintf("import %d review", id) }

func readReview(tx *store.Tx, id archive.ImportID) (v review, err error) {
	text, err := tx.Setting(reviewKey(id))
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &v)
	}
	return v, err
}

func writeReview(tx *store.Tx, id archive.ImportID, v review) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.SetSetting(reviewKey(id), string(text))
}
