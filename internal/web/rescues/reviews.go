package rescues

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var (
	reviewsView     = page.New[reviewsPage](templates, "works/reviews")
	reviewsFragment = page.NewFragment[reviewsPart](templates, "reviews")
)

// reviewsPart is what readers of one old archive wrote, or the first of it.
type reviewsPart struct {
	ID      string // of the heading
	Of      page.Link
	Count   string
	Reviews []reviewLine
	All     page.Link // Href is empty if all are here
}

type reviewLine struct {
	Name         string
	On           page.Link // the chapter; Label is empty for the whole work
	Day, ISO     string
	Points       string
	Text, Answer template.HTML
}

const (
	firstReviews   = 12
	reviewsPerPage = 100
)

// ReviewsOf is what came along with a work, for its page: the first reviews from
// each archive. It is empty if there are none.
func (p *Pages) ReviewsOf(tx *store.Tx, viewer archive.Viewer, work archive.Work) (html template.HTML, err error) {
	lists, err := tx.ReviewLists(work.ID)
	if err != nil {
		return "", err
	}
	for i, l := range lists {
		html += firstReviewsOf(viewer, work, i, l)
	}
	return html, nil
}

func firstReviewsOf(viewer archive.Viewer, work archive.Work, i int, l store.ReviewList) template.HTML {
	part := newReviewsPart(viewer, work, l, l.Reviews[:min(firstReviews, len(l.Reviews))])
	part.ID += "-" + strconv.Itoa(i+1)
	if len(l.Reviews) > firstReviews {
		part.All = page.Link{Href: address.Reviews(work.ID), Label: "All " + part.Count}
	}
	return reviewsFragment.HTML(part)
}

// newReviewsPart shows some of a list. The archive is a link for those who may see it.
func newReviewsPart(viewer archive.Viewer, work archive.Work, l store.ReviewList, some []archive.Review) reviewsPart {
	part := reviewsPart{ID: "reviews", Of: page.Link{Label: nameOf(l.Rescue)}, Count: words.Counted(len(l.Reviews), "review", "reviews")}
	if viewer.MaySee(l.Rescue.Keeper, l.Rescue.Visibility) {
		part.Of.Href = address.Rescue(l.Rescue.ID)
	}
	part.Reviews = reviewLines(work, some)
	return part
}

func reviewLines(work archive.Work, reviews []archive.Review) (lines []reviewLine) {
	for _, r := range reviews {
		line := reviewLine{Name: r.Name, Day: words.Day(r.Written), ISO: words.ISODay(r.Written), Text: printed(r.Text, 3), Answer: printed(r.Answer, 3)}
		if line.Name == "" {
			line.Name = "A guest"
		}
		if r.Chapter > 0 && r.Chapter <= len(work.Chapters) && len(work.Chapters) > 1 {
			line.On = page.Link{Href: address.Chapter(work.ID, r.Chapter), Label: "chapter " + words.Number(r.Chapter)}
		}
		if r.Rating > 0 {
			line.Points = words.Counted(r.Rating, "point", "points")
		}
		lines = append(lines, line)
	}
	return lines
}

// reviewsPage is all of it.
type reviewsPage struct {
	page.Frame
	Work           page.Link
	Tongue         page.Tongue
	Parts          []template.HTML
	Previous, Next string
	Where          string // "Page 2 of 7", "" if there is one
}

func (p *Pages) showReviews(w http.ResponseWriter, r *http.Request) error {
	number := 1
	if asked := r.URL.Query().Get("page"); asked != "" {
		n, err := strconv.Atoi(asked)
		if err != nil || n < 1 {
			return fmt.Errorf("page %q: %w", asked, errs.NotFound)
		}
		number = n
	}
	var v reviewsPage
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		work, err := p.Work(tx, r)
		if err != nil {
			return err
		}
		lists, err := tx.ReviewLists(work.ID)
		if err != nil {
			return err
		}
		v, err = newReviewsPage(p.Viewer(r), work, lists, number)
		return err
	})
	if err != nil {
		return err
	}
	v.Frame = p.Frame(r, "Reviews of "+v.Work.Label, "browse")
	return reviewsView.Show(w, r, http.StatusOK, v)
}

// newReviewsPage is one page of all lists, one behind the other.
func newReviewsPage(viewer archive.Viewer, work archive.Work, lists []store.ReviewList, number int) (reviewsPage, error) {
	v := reviewsPage{Work: page.Link{Href: address.Work(work.ID), Label: words.Title(work)}, Tongue: page.TongueOf(work.Language)}
	all := 0
	from, to := (number-1)*reviewsPerPage, number*reviewsPerPage
	for i, l := range lists {
		first, last := max(from-all, 0), min(to-all, len(l.Reviews))
		if first < last {
			part := newReviewsPart(viewer, work, l, l.Reviews[first:last])
			part.ID += "-" + strconv.Itoa(i+1)
			v.Parts = append(v.Parts, reviewsFragment.HTML(part))
		}
		all += len(l.Reviews)
	}
	pages := max(1, (all+reviewsPerPage-1)/reviewsPerPage)
	if number > pages {
		return v, fmt.Errorf("page %d of %d: %w", number, pages, errs.NotFound)
	}
	href := func(n int) string { return address.Reviews(work.ID) + "?page=" + strconv.Itoa(n) }
	if number > 1 {
		v.Previous = href(number - 1)
	}
	if number < pages {
		v.Next = href(number + 1)
	}
	if pages > 1 {
		v.Where = fmt.Sprintf("Page %s of %s", words.Number(number), words.Number(pages))
	}
	return v, nil
}
