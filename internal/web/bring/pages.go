package bring

import (
	"embed"
	"regexp"

	"ficstead/internal/jobs"
	"ficstead/internal/web/page"
	"ficstead/internal/web/upload"
)

//go:embed templates
var templates embed.FS

// Pages are the pages around bringing in.
type Pages struct {
	*page.Room
	Importer *jobs.Importer // works through what was brought in; nil leaves it until there is one

	desk upload.Desk
}

// New makes the pages of a room.
func New(room *page.Room, importer *jobs.Importer) *Pages {
	p := &Pages{Room: room, Importer: importer}
	p.desk.Store = room.Store
	if importer != nil {
		p.desk.Wake, p.desk.Ended = importer.Wake, importer.Ended
	}
	return p
}

// Routes is every address of bringing in.
func (p *Pages) Routes() page.Routes {
	return page.Routes{
		"GET /import":                                    p.newImport,
		"POST /import":                                   p.createImport,
		"GET /imports/{import}":                          p.showImport,
		"GET /imports/{import}/events":                   p.watchImport,
		"POST /imports/{import}/keep":                    p.keepImport,
		"GET /imports/{import}/discard":                  p.askDiscardImport,
		"POST /imports/{import}/discard":                 p.discardImport,
		"POST /imports/{import}/items/{receipt}/discard": p.discardReceipt,

		"GET /works/{work}/mends":           p.showWorkMends,
		"GET /works/{work}/record":          p.showRecord,
		"GET /works/{work}/originals/{sum}": p.showOriginal,
		"POST /works/{work}/reversions":     p.createReversion,
		"POST /works/{work}/text-search":    p.updateTextSearch,
		"POST /works/{work}/removal":        p.createRemoval,
	}
}

var sumPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

const maxForm = 16 << 10 // bytes of a form with a few fields
