package ao3

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// obstacle says what a page of the archive is that holds no work.
func obstacle(root *html.Node) archive.Refusal {
	main := dom.First(root, "#main")
	said := dom.Text(main)
	switch {
	case dom.Is(main, ".errors") && strings.Contains(said, "404"):
		return "This is the archive's page for a work that is not there: it was deleted, or the address was wrong."
	case dom.Is(main, ".errors"):
		return "This is an error page of the archive, not a work. Open the work again and download it."
	case strings.Contains(said, "This work could have adult content"):
		return "This is the archive's question about adult content, not the work. Choose “Yes, Continue” there, then save the page."
	case strings.Contains(said, "part of an ongoing challenge"):
		return "This work is not revealed yet: the page does not hold its text. Try again when its challenge is over."
	case strings.Contains(said, "Shields are up"), strings.Contains(said, "Checking your browser"):
		return "This is a page that checks for robots, not the work. Open the work in a browser, and save the page when it shows."
	case strings.Contains(said, "don't have permission to access"), strings.Contains(said, "is currently under review"):
		return "The archive does not show this work to you. If it is yours, sign in there, then download it."
	case strings.Contains(said, "only available to registered users"), dom.First(main, "#new_user_session,#loginform,form.new_user") != nil:
		return "This is the archive's page for signing in, not the work. Sign in there, then download the work."
	case dom.First(main, "ol.index,ul.index,li.blurb") != nil:
		return "This is a list of works, not a work. Open each work and download it."
	}
	return "This page of the archive holds no work. Open a work and download it."
}
