package ao3

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// readByline reads who a work is by: links to pseuds, or bare names such as
// "Anonymous". "Old Name [archived by X]" is by Old Name; that X archived it is
// kept in the notes.
func (d *draft) readByline(n *html.Node) {
	said := ""
	archived := false
	dom.Walk(n, func(n *html.Node) dom.Step {
		if n.Type == html.TextNode {
			said += n.Data
			return dom.Into
		}
		if !dom.Is(n, "a[rel=author],a[href*=/users/]") {
			return dom.Into
		}
		before, opened := cutArchived(said)
		d.addNames(before)
		archived = opened || archived && !strings.Contains(said, "]")
		if archived {
			d.notes.WriteString("<p>Archived by " + dom.Outer(n) + ".</p>")
		} else {
			d.Creators = append(d.Creators, creator(dom.Text(n), d.resolve(dom.Attr(n, "href"))))
		}
		said = ""
		return dom.Over
	})
	before, _ := cutArchived(said)
	d.addNames(before)
}

// cutArchived returns what stands before "[archived by", if that is there.
func cutArchived(said string) (before string, opened bool) {
	before, _, opened = strings.Cut(said, "[archived by")
	return before, opened
}

// addNames adds the names in what stands outside of links, as creators without
// an address.
func (d *draft) addNames(said string) {
	said = strings.TrimSpace(strings.Join(strings.Fields(said), " "))
	if said == "by" {
		return
	}
	said = strings.TrimPrefix(said, "by ")
	for name := range strings.SplitSeq(said, ", ") {
		if name = strings.Trim(name, " ,]."); name != "" {
			d.Creators = append(d.Creators, creator(name, ""))
		}
	}
}

var (
	pseudOf   = regexp.MustCompile(`^(.+) \(([^\s()]+)\)$`)
	pseudPath = regexp.MustCompile(`/users/([^/?#]+)(?:/pseuds/([^/?#]+))?`)
)

// creator reads "pseud (account)". The address knows the account even where the
// name does not show it.
func creator(name, address string) archive.Creator {
	c := archive.Creator{Name: name, URL: address}
	account := ""
	if m := pseudPath.FindStringSubmatch(address); m != nil {
		account, _ = url.PathUnescape(m[1])
	}
	if m := pseudOf.FindStringSubmatch(name); m != nil && (account == "" || strings.EqualFold(account, m[2])) {
		c.Name, account = m[1], m[2]
	}
	if !strings.EqualFold(account, c.Name) {
		c.Account = account
	}
	return c
}
