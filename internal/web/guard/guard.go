package guard

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// policy is the Content-Security-Policy of every answer. Pages load nothing but
// the site's own style sheet, script and pictures; they run nothing inline.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers are what every answer bears, refusals too.
var headers = [...][2]string{
	{"Content-Security-Policy", policy},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"},
	{"X-Frame-Options", "DENY"},
}

// Headers sets what every answer bears.
func Headers(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		values := make([]string, len(headers))
		for i, h := range headers {
			values[i] = h[1]
			header[h[0]] = values[i : i+1 : i+1]
		}
		h.ServeHTTP(w, r)
	})
}

// HeaderLines are the same for answers that no handler makes, as they are sent.
func HeaderLines() string {
	var lines strings.Builder
	for _, h := range headers {
		lines.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	return lines.String()
}

// Hosts refuses requests for hosts that are not this site: neither loopback nor
// the host of public, an address. Without it any web page could point a name of
// its own at this machine and read, as the owner, what the browser fetches from
// there (DNS rebinding).
func Hosts(public string, refuse http.HandlerFunc, h http.Handler) http.Handler {
	host := HostOf(public)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := hostName(r.Host); name != host && !isLoopback(name) || name == "" {
			refuse(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

func isLoopback(name string) bool {
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}

// hostName is a Host header without its port, in lower case.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(strings.TrimSuffix(host, "."), "[]"))
}

// HostOf is the host name in an address, "" if there is none.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
