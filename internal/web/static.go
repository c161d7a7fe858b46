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
