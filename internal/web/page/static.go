package page

import (
	"embed"

	"ficstead/internal/web/answer"
)

//go:embed static
var staticFiles embed.FS

// Assets are the styles and scripts of all parts, under names that change with them.
var Assets = answer.NewAssets(staticFiles, "static", "/-/static")
