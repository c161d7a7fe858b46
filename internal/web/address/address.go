package address

import (
	"net/url"
	"strconv"

	"ficstead/internal/archive"
)

// Number spells a public id.
func Number(id int64) string { return strconv.FormatInt(id, 10) }

// Work is the address of a work's own page.
func Work(id archive.WorkID) string { return numbered("/works/", id.Public()) }

// numbered is a path with a number at its end. Lists have hundreds of them.
func numbered(path string, id int64) string {
	var room [40]byte
	return string(strconv.AppendInt(append(room[:0], path...), id, 10))
}

// Chapter is the address of chapter n, from 1.
func Chapter(id archive.WorkID, n int) string {
	return Work(id) + "/chapters/" + strconv.Itoa(n)
}

// Whole is the address of an entire work.
func Whole(id archive.WorkID) string { return Work(id) + "/full" }

// Image is the address of a picture of a work.
func Image(id archive.WorkID, sum string) string { return Work(id) + "/images/" + sum }

// Download is the address of a work in the form that ext names.
func Download(id archive.WorkID, ext string) string { return Work(id) + "." + ext }

// Tag is the address of a tag's works.
func Tag(id archive.TagID) string { return numbered("/tags/", id.Public()) }

// Series is the address of a series.
func Series(id archive.SeriesID) string { return numbered("/series/", id.Public()) }

// Creator is the address of a creator's works.
func Creator(id archive.CreatorID) string { return numbered("/creators/", id.Public()) }

// Language is the address of the works in a language.
func Language(code string) string { return "/languages/" + url.PathEscape(code) }

// Search is the address of the answer to a question in words.
func Search(q string) string { return "/works?" + url.Values{"q": {q}}.Encode() }

// With joins a path and parameters.
func With(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// Mends is the address of what was mended in a work.
func Mends(id archive.WorkID) string { return Work(id) + "/mends" }

// Record is the address of what is kept beside a work's text.
func Record(id archive.WorkID) string { return Work(id) + "/record" }

// Original is the address of a file that a work came in, by its SHA-256.
func Original(id archive.WorkID, sum string) string { return Work(id) + "/originals/" + sum }

// Import is the address of an import.
func Import(id archive.ImportID) string { return "/imports/" + Number(id.Public()) }

// Review is the address where a person decides about the mends of a work.
func Review(id archive.WorkID) string { return Work(id) + "/review" }

// Beside is the address of chapter n beside what it was made of.
func Beside(id archive.WorkID, n int) string { return Review(id) + "/" + strconv.Itoa(n) }

// Rescue is the address of an archive that was rescued.
func Rescue(id archive.RescueID) string { return "/rescues/" + Number(id.Public()) }

// RescuedPage is the address of a page that a rescued archive had.
func RescuedPage(id archive.RescueID, name string) string {
	return Rescue(id) + "/pages/" + url.PathEscape(name)
}

// Reviews is the address of what readers wrote about a work at an archive it came from.
func Reviews(id archive.WorkID) string { return Work(id) + "/reviews" }

// Copies is the address of the works that one is like.
func Copies(id archive.WorkID) string { return Work(id) + "/copies" }

// Comparison is the address of two works that are alike.
func Comparison(id, other archive.WorkID) string { return Copies(id) + "/" + Number(other.Public()) }

// Facets is the address of all tags of a kind among the works that a listing at
// path is of.
func Facets(path string) string { return path + "/facets" }

// Alike is the address of works that are like one.
func Alike(id archive.WorkID) string { return Work(id) + "/alike" }

// Paragraph is the address of a paragraph of chapter n, by its id there.
func Paragraph(id archive.WorkID, n int, anchor string) string {
	if anchor == "" {
		return Chapter(id, n)
	}
	return Chapter(id, n) + "#" + anchor
}
