package page

import (
	"net/http"

	"ficstead/internal/base/errs"
)

// A Specimen is one page with made-up data. Every page has some: empty, usual,
// long, right to left, hostile. People look at them, and tests measure them.
type Specimen struct {
	Page, Name string
	Show       func(w http.ResponseWriter, r *http.Request, f Frame) error
}

// SpecimenOf makes a specimen of what v returns for the layout's frame.
func SpecimenOf[T any](p Page[T], name string, v func(Frame) T) Specimen {
	return Specimen{p.name, name, func(w http.ResponseWriter, r *http.Request, f Frame) error {
		return p.Show(w, r, http.StatusOK, v(f))
	}}
}

// Path is the address of the specimen.
func (s Specimen) Path() string { return "/-/gallery/" + s.Page + "/" + s.Name }

// Specimens are the pages of this package with made-up data.
func Specimens() []Specimen {
	failure := func(name string, status int, problems errs.Problems, links ...Link) Specimen {
		words := errorWords[status]
		return SpecimenOf(errorView, name, func(f Frame) errorPage {
			return errorPage{Frame: f, Status: status, Heading: words[0], Message: words[1], Problems: problems, Links: links}
		})
	}
	return []Specimen{
		failure("404", http.StatusNotFound, nil),
		failure("422", http.StatusUnprocessableEntity, errs.Problems{{Field: "words", Message: "“<b>many</b>” is not a number."}}, Link{"/works", "First page"}),
		SpecimenOf(errorView, "503", func(f Frame) errorPage {
			return errorPage{Frame: f, Status: http.StatusServiceUnavailable, Heading: busyWords[0], Message: busyWords[1], Links: []Link{{"/works?q=tea", "Try again"}}}
		}),
		failure("500", http.StatusInternalServerError, nil),
		SpecimenOf(errorView, "damaged", func(f Frame) errorPage {
			return errorPage{Frame: f, Status: http.StatusInternalServerError, Heading: damagedWords[0], Message: damagedWords[1]}
		}),
	}
}
