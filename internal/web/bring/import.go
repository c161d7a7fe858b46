package bring

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/intake"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/upload"
	"ficstead/internal/web/words"
)

var (
	importForm    = page.New[importFormPage](templates, "import/form")
	importView    = page.New[importPage](templates, "import/show")
	importDiscard = page.New[importDiscardPage](templates, "import/discard")
)

// importFormPage is where files are dropped, with what was brought in before.
type importFormPage struct {
	page.Frame
	Problems errs.Problems
	MostMB   int
	Earlier  []importLine
	Rescues  []page.Link // archives that were brought in whole
}

// importLine is an import as the list of earlier ones shows it.
type importLine struct {
	Href, When, ISO string
	Files           string
	State           string
}

const earlierImports = 20

func (p *Pages) newImport(w http.ResponseWriter, r *http.Request) error {
	return p.showImportForm(w, r, http.StatusOK, nil)
}

func (p *Pages) showImportForm(w http.ResponseWriter, r *http.Request, status int, problems errs.Problems) error {
	v := importFormPage{Frame: p.Frame(r, "Bring stories in", "import"), Problems: problems, MostMB: intake.MaxFile >> 20}
	v.Back = "/import"
	if problems != nil {
		v.Title = "Error: " + v.Title
	}
	viewer := p.Viewer(r)
	if !viewer.MayBringIn() {
		return fmt.Errorf("bring in: %w", errs.SignIn)
	}
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		batches, err := tx.Imports(viewer.Person, earlierImports)
		for _, batch := range batches {
			v.Earlier = append(v.Earlier, newImportLine(batch))
		}
		if err != nil {
			return err
		}
		v.Rescues, err = p.rescues(tx, viewer)
		return err
	})
	if err != nil {
		return err
	}
	return importForm.Show(w, r, status, v)
}

// rescues are the archives that were brought in whole and that the viewer may see.
func (p *Pages) rescues(tx *store.Tx, viewer archive.Viewer) (links []page.Link, err error) {
	all, err := tx.Rescues()
	for _, r := range all {
		if viewer.MaySee(r.Keeper, r.Visibility) {
			links = append(links, page.Link{Href: address.Rescue(r.ID), Label: cmp.Or(r.Site.Name, r.Key)})
		}
	}
	return links, err
}

func newImportLine(batch store.Import) importLine {
	line := importLine{
		Href: address.Import(batch.ID), When: batch.Started.UTC().Format("2 January 2006, 15:04"),
		ISO: batch.Started.UTC().Format("2006-01-02T15:04:05Z"), Files: words.Counted(batch.Items, "file", "files"), State: "done",
	}
	if batch.Done < batch.Items {
		line.State = fmt.Sprintf("%s of %s done", words.Number(batch.Done), words.Number(batch.Items))
	}
	return line
}

func (p *Pages) createImport(w http.ResponseWriter, r *http.Request) error {
	id, err := p.Receive(w, r)
	if problems, ok := err.(errs.Problems); ok {
		return p.showImportForm(w, r, http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, address.Import(id), http.StatusSeeOther)
	return nil
}

// Receive keeps the files of a multipart upload as an import of whoever sends it.
func (p *Pages) Receive(w http.ResponseWriter, r *http.Request) (archive.ImportID, error) {
	viewer := p.Viewer(r)
	if !viewer.MayBringIn() {
		return 0, fmt.Errorf("bring in: %w", errs.SignIn)
	}
	id, err := p.desk.Receive(w, r, viewer.Person)
	if errors.Is(err, upload.Stopping) {
		w.Header().Set("Retry-After", retryAfter)
	}
	return id, err
}

// retryAfter is in seconds: a program that was stopped to be replaced is back by then.
const retryAfter = "30"

// ImportPath is the address of an import.
// Import returns the import that the address names, if the viewer may see it.
func (p *Pages) Import(tx *store.Tx, r *http.Request) (store.Import, error) {
	id, err := strconv.ParseInt(r.PathValue("import"), 10, 64)
	if err != nil {
		return store.Import{}, fmt.Errorf("import %q: %w", r.PathValue("import"), errs.NotFound)
	}
	batch, err := tx.Import(archive.ImportFromPublic(id))
	if err == nil && !p.Viewer(r).MaySeeImport(batch.Owner) {
		return store.Import{}, fmt.Errorf("import %d: not for this viewer: %w", batch.ID, errs.NotFound)
	}
	return batch, err
}

// importPage is what became of each file of an import.
type importPage struct {
	page.Frame
	Heading string
	Path    string
	Running bool
	Done    float64 // files, with parts of those that hold several
	Items   int
	Words   string // how far it is
	Tallies []tally
	Rows    []receiptRow
	Pages   []page.Link // the first has no Href if it is the one that is shown
	Works   int         // that may be taken out again
	Kept    bool
}

// A tally counts the receipts of one status and leads to them.
type tally struct {
	Href    string
	Label   string
	Current bool
}

// receiptsPerPage keeps the page of a large import light.
const receiptsPerPage = 100

func (p *Pages) showImport(w http.ResponseWriter, r *http.Request) error {
	var v importPage
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		batch, err := p.Import(tx, r)
		if err != nil {
			return err
		}
		items, err := tx.ImportItems(batch.ID)
		if err != nil {
			return err
		}
		review, err := readReview(tx, batch.ID)
		if err != nil {
			return err
		}
		partials := p.Partials(batch.ID)
		rows := receiptRows(batch, items, partials, review)
		v, err = newImportPage(batch, rows, partials, review, r.URL.Query().Get("status"), r.URL.Query().Get("page"))
		if err != nil {
			return err
		}
		return fillRows(tx, p.Viewer(r), v.Rows)
	})
	if err != nil {
		return err
	}
	v.Frame = p.Frame(r, v.Heading, "import")
	v.Back = v.Path
	w.Header().Set("Cache-Control", "no-store")
	return importView.Show(w, r, http.StatusOK, v)
}

func newImportPage(batch store.Import, rows []receiptRow, partials []jobs.Partial, review review, status, number string) (importPage, error) {
	v := importPage{
		Path: address.Import(batch.ID), Running: batch.Done < batch.Items, Done: barOf(batch, partials), Items: batch.Items,
		Heading: words.Counted(batch.Items, "file", "files") + " brought in", Words: progressWords(batch, partials), Kept: review.Kept,
	}
	if v.Running {
		v.Heading = "Bringing in " + words.Counted(batch.Items, "file", "files")
	}
	for _, row := range rows {
		if row.MayDiscard() {
			v.Works++
		}
	}
	v.Tallies = tallies(v.Path, rows, status)
	var shown []receiptRow
	for _, row := range rows {
		if status == "" || string(row.Status) == status {
			shown = append(shown, row)
		}
	}
	n, err := pageOf(number, len(shown))
	if err != nil {
		return v, err
	}
	v.Pages = importPages(v.Path, status, n, len(shown))
	v.Rows = shown[(n-1)*receiptsPerPage : min(n*receiptsPerPage, len(shown))]
	return v, nil
}

// progressWords says how far an import is.
func progressWords(batch store.Import, partials []jobs.Partial) string {
	if batch.Done == batch.Items {
		return "Done: " + words.Counted(batch.Items, "file", "files") + "."
	}
	words := fmt.Sprintf("%s of %s done", words.Number(batch.Done), words.Counted(batch.Items, "file", "files"))
	for _, p := range partials {
		words += ", " + partialWords(p) + " in " + p.Name
	}
	return words + "."
}

// barOf is how far the bar is, in files.
func barOf(batch store.Import, partials []jobs.Partial) float64 {
	done := float64(batch.Done)
	for _, p := range partials {
		done += min(1, float64(len(p.Receipts))/float64(max(1, p.Of)))
	}
	return min(done, float64(batch.Items))
}

// Partials are the files of an import that hold several and are in hand.
func (p *Pages) Partials(id archive.ImportID) []jobs.Partial {
	if p.Importer == nil {
		return nil
	}
	return p.Importer.Partials(id)
}

// pageOf reads the number of a page of so many rows.
func pageOf(s string, rows int) (int, error) {
	pages := max(1, (rows+receiptsPerPage-1)/receiptsPerPage)
	if s == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > pages {
		return 0, fmt.Errorf("page %q of %d: %w", s, pages, errs.NotFound)
	}
	return n, nil
}

func importPages(path, status string, now, rows int) []page.Link {
	pages := (rows + receiptsPerPage - 1) / receiptsPerPage
	if pages < 2 {
		return nil
	}
	var links []page.Link
	for n := range pages {
		l := page.Link{Label: fmt.Sprintf("%s–%s", words.Number(n*receiptsPerPage+1), words.Number(min((n+1)*receiptsPerPage, rows)))}
		if n+1 != now {
			l.Href = fmt.Sprintf("%s?page=%d", path, n+1)
			if status != "" {
				l.Href += "&status=" + status
			}
		}
		links = append(links, l)
	}
	return links
}

// tallies counts the rows by status; those there are none of are left out.
func tallies(path string, rows []receiptRow, status string) []tally {
	count := map[archive.Status]int{}
	for _, row := range rows {
		count[row.Status]++
	}
	all := []tally{{path, "All " + words.Number(len(rows)), status == ""}}
	for _, s := range []archive.Status{archive.StatusNew, archive.StatusUpdated, archive.StatusSame, archive.StatusDuplicate, archive.StatusRefused, waiting} {
		if n := count[s]; n > 0 {
			all = append(all, tally{path + "?status=" + string(s), strings.TrimSpace(statusWords[s] + " " + words.Number(n)), status == string(s)})
		}
	}
	return all
}
