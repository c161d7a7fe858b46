package web

import (
	"embed"
	"fmt"
	"net/http"

	"ficstead/internal/base/errs"
	"ficstead/internal/web/answer"
)

//go:embed static
var staticFiles embed.FS

var assets = answer.NewAssets(staticFiles, "static", "/-/static")

func (s *Site) showAsset(w http.ResponseWriter, r *http.Request) error {
	if !assets.Send(w, r, r.PathValue("hash"), r.PathValue("name")) {
		return fmt.Errorf("static file %q: %w", r.PathValue("name"), errs.NotFound)
	}
	return nil
}

// showIcon leads those who ask for the icon by its old name to it.
func (s *Site) showIcon(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, iconPath(), http.StatusFound)
	return nil
}
