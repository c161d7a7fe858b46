package ao3

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

const base = "https://" + archive.AO3

var worksPath = regexp.MustCompile(`/works/(\d+)`)

// workNumber returns the number in the first link below n that leads to a work.
func workNumber(n *html.Node) string {
	for a := range dom.Each(n, "a[href*=/works/]") {
		if m := worksPath.FindStringSubmatch(dom.Attr(a, "href")); m != nil {
			return m[1]
		}
	}
	return ""
}

// setSource notes where the work is. Named says that the file calls the archive
// "Archive of Our Own", which proxies do under addresses of their own; other
// archives number their works for themselves.
func (d *draft) setSource(address, number string, named bool) {
	d.Source = archive.ParseSource(address)
	switch {
	case named:
		d.Source = archive.Source{URL: address, Site: archive.AO3, Key: "ao3:" + number}
	case d.Source.IsAddress():
		d.Source.Key = d.Source.Site + ":" + number
	}
}

func host(address string) string { return archive.ParseSource(address).Site }

// resolve makes an address within the archive whole, and the same in all eras
// and on all mirrors, so that a creator or series is known again by it.
func (d *draft) resolve(address string) string {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return ""
	}
	switch {
	case u.Host == "" && strings.HasPrefix(u.Path, "/"):
		u.Scheme, u.Host = "https", archive.AO3
		if d.Source.Site != "" {
			u.Host = d.Source.Site
		}
	case host(address) == archive.AO3:
		u.Scheme, u.Host = "https", archive.AO3
	}
	return u.String()
}
