package web

import (
	"fmt"
	"net/url"
	"strconv"

	"ficstead/internal/archive"
)

// Addresses are made here, never by a string in a template.

func public(id int64) string { return strconv.FormatInt(id, 10) }

// WorkPath is the address of a work's own page.
func WorkPath(id archive.WorkID) string { return "/works/" + public(id.Public()) }

// ChapterPath is the address of chapter n, from 1.
func ChapterPath(id archive.WorkID, n int) string {
	return WorkPath(id) + "/chapters/" + strconv.Itoa(n)
}

func wholePath(id archive.WorkID) string { return WorkPath(id) + "/full" }

func imagePath(id archive.WorkID, sum string) string { return WorkPath(id) + "/images/" + sum }

func downloadPath(id archive.WorkID, ext string) string { return WorkPath(id) + "." + ext }

// TagPath is the address of a tag's works.
func TagPath(id archive.TagID) string { return "/tags/" + public(id.Public()) }

// SeriesPath is the address of a series.
func SeriesPath(id archive.SeriesID) string { return "/series/" + public(id.Public()) }

// CreatorPath is the address of a creator's works.
func CreatorPath(id archive.CreatorID) string { return "/creators/" + public(id.Public()) }

// languagePath is the address of the works in a language.
func languagePath(code string) string { return "/languages/" + url.PathEscape(code) }

// searchPath is the address of the answer to a question in words.
func searchPath(q string) string { return "/works?" + url.Values{"q": {q}}.Encode() }

// chapterName is what a chapter is called: "Chapter 7: The Gulls Know".
func chapterName(head archive.ChapterHead) string {
	if head.Title == "" {
		return fmt.Sprintf("Chapter %d", head.Number)
	}
	return head.Title
}
