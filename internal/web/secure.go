package web

import (
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
)

// policy is the Content-Security-Policy of every answer. Pages load nothing but
// the site's own style sheet, script and pictures; they run nothing inline.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// protect wraps every answer of the site, of the API and of the errors in
// between. The order matters: even a refusal bears the headers.
func (s *Site) protect(h http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(s.refuseOrigin))
	return withHeaders(s.recovering(s.knownHost(origin.Handler(h))))
}

func withHeaders(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header["Content-Security-Policy"] = []string{policy}
		header["X-Content-Type-Options"] = []string{"nosniff"}
		header["Referrer-Policy"] = []string{"same-origin"}
		header["Cross-Origin-Opener-Policy"] = []string{"same-origin"}
		header["Cross-Origin-Resource-Policy"] = []string{"same-origin"}
		header["Permissions-Policy"] = []string{"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"}
		header["X-Frame-Options"] = []string{"DENY"}
		h.ServeHTTP(w, r)
	})
}

// recovering turns a panic into a log entry and an error page.
func (s *Site) recovering(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				slog.ErrorContext(r.Context(), "request panicked", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				s.showError(w, r, http.StatusInternalServerError, nil)
			}
		}()
		h.ServeHTTP(w, r)
	})
}

// knownHost refuses requests for hosts that are not this site. Without it any
// web page could point a name of its own at this machine and read, as the
// owner, what the browser fetches from there (DNS rebinding).
func (s *Site) knownHost(h http.Handler) http.Handler {
	public := hostOf(s.PublicURL)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := hostName(r.Host); name != public && !isLoopback(name) || name == "" {
			s.refuseHost(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

func (s *Site) refuseHost(w http.ResponseWriter, r *http.Request) {
	s.showError(w, r, http.StatusMisdirectedRequest, told{
		Heading: "This is not the address of this library",
		Message: "It answers at localhost, and at its public address if it has one. If you reach it by another name on purpose, start it with --public-url and that address.",
	})
}

func (s *Site) refuseOrigin(w http.ResponseWriter, r *http.Request) {
	s.showError(w, r, http.StatusForbidden, told{
		Heading: "That came from another site",
		Message: "A page elsewhere tried to change something here. Nothing was changed. If it was you, open this library first and do it from its own pages.",
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

// hostOf is the host name in an address, "" if there is none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
