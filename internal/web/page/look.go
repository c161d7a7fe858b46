package page

import (
	"net/http"

	"ficstead/internal/web/guard"
	"ficstead/internal/web/look"
)

const (
	lookCookie  = "look"
	lookSeconds = 400 * 24 * 60 * 60 // as long as browsers keep any cookie
)

// LookOf reads the look that a reader chose from its cookie.
func LookOf(r *http.Request) look.Look { return look.FromCookie(guard.Cookie(r, lookCookie)) }

// KeepLook puts a look into the cookie.
func KeepLook(w http.ResponseWriter, r *http.Request, l look.Look) {
	guard.SetCookie(w, r, lookCookie, l.String(), lookSeconds)
}
