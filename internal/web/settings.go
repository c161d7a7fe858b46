package web

import (
	"net/http"

	"ficstead/internal/web/guard"
	"ficstead/internal/web/look"
	"ficstead/internal/web/page"
)

var settingsView = page.New[settingsPage](templates, "settings/show")

type settingsPage struct {
	page.Frame
	Saved bool
}

func (s *Site) showSettings(w http.ResponseWriter, r *http.Request) error {
	v := settingsPage{Frame: s.Frame(r, "Settings", "settings"), Saved: r.URL.Query().Has("saved")}
	v.Back = guard.LocalPath(r.URL.Query().Get("back"))
	return settingsView.Show(w, r, http.StatusOK, v)
}

// updateSettings keeps the look in a cookie and goes back to where the reader was.
func (s *Site) updateSettings(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxSettings)
	page.KeepLook(w, r, look.Pick(func(_ int, name string) string { return r.PostFormValue(name) }))
	back := guard.LocalPath(r.PostFormValue("back"))
	if back == "" {
		back = "/settings?saved=1"
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

const maxSettings = 16 << 10 // bytes of a form with six fields and one address
