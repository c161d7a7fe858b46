package web

import (
	"ficstead/internal/web/page"
)

// Short names for what every page here says.

type (
	handler = page.Handler
	link    = page.Link
	told    = page.Told
	tongue  = page.Tongue
)
