package guard

import "net/http"

// hostOnly makes browsers take a cookie only under TLS, from this very host and
// for all of it, so that no site beside ours under one domain can set it.
const hostOnly = "__Host-"

func cookieName(r *http.Request, name string) string {
	if IsSecure(r) {
		return hostOnly + name
	}
	return name
}

// SetCookie keeps a value in a browser. No script can read it, and no other site
// can send it along with what changes something. An age below zero removes it.
func SetCookie(w http.ResponseWriter, r *http.Request, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieName(r, name), Value: value, Path: "/", MaxAge: seconds,
		SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: IsSecure(r),
	})
}

// Cookie is what SetCookie kept, "" if there is nothing. Under TLS nothing else
// that bears the name is looked at.
func Cookie(r *http.Request, name string) string {
	cookie, err := r.Cookie(cookieName(r, name))
	if err != nil {
		return ""
	}
	return cookie.Value
}
