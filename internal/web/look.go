package web

import (
	"net/http"

	"ficstead/internal/web/look"
)

const (
	lookCookie  = "look"
	lookSeconds = 400 * 24 * 60 * 60 // as long as browsers keep any cookie
)

func lookOf(r *http.Request) look.Look {
	cookie, err := r.Cookie(lookCookie)
	if err != nil {
		return look.Look{}
	}
	return look.FromCookie(cookie.Value)
}

func keepLook(w http.ResponseWriter, r *http.Request, l look.Look) {
	http.SetCookie(w, &http.Cookie{
		Name: lookCookie, Value: l.String(), Path: "/", MaxAge: lookSeconds,
		SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: r.TLS != nil,
	})
}
