package page

import (
	"net/http"

	"ficstead/internal/web/look"
)

const (
	lookCookie  = "look"
	lookSeconds = 400 * 24 * 60 * 60 // as long as browsers keep any cookie
)

// LookOf reads the look that a reader chose from its cookie.
func LookOf(r *http.Request) look.Look {
	cookie, err := r.Cookie(lookCookie)
	if err != nil {
		return look.Look{}
	}
	return look.FromCookie(cookie.Value)
}

// KeepLook puts a look into the cookie.
func KeepLook(w http.ResponseWriter, r *http.Request, l look.Look) {
	http.SetCookie(w, &http.Cookie{
		Name: lookCookie, Value: l.String(), Path: "/", MaxAge: lookSeconds,
		SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: r.TLS != nil,
	})
}
