package web

import (
	"fmt"
	"net/http"

	"ficstead/internal/base/errs"
	"ficstead/internal/web/page"
)

func (s *Site) showAsset(w http.ResponseWriter, r *http.Request) error {
	if !page.Assets.Send(w, r, r.PathValue("hash"), r.PathValue("name")) {
		return fmt.Errorf("static file %q: %w", r.PathValue("name"), errs.NotFound)
	}
	return nil
}

// showIcon leads those who ask for the icon by its old name to it.
func (s *Site) showIcon(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, iconPath(), http.StatusFound)
	return nil
}
