package rescues

import (
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/web/page"
)

//go:embed templates
var templates embed.FS

// Pages are the pages of rescued archives.
type Pages struct{ *page.Room }

// New makes the pages of a room.
func New(room *page.Room) *Pages { return &Pages{room} }

// Routes is every address of rescued archives. Their old addresses are no routes:
// they end in names such as viewstory.php under whatever path, see Old.
func (p *Pages) Routes() page.Routes {
	return page.Routes{
		"GET /rescues/{rescue}":              p.showRescue,
		"GET /rescues/{rescue}/authors":      p.showAuthors,
		"GET /rescues/{rescue}/pages/{page}": p.showPage,
		"GET /rescues/{rescue}/report.html":  p.sendReport,
		"GET /rescues/{rescue}/report.json":  p.sendReport,
		"POST /rescues/{rescue}/opening":     p.createOpening,

		"GET /works/{work}/reviews": p.showReviews,
	}
}

const maxForm = 16 << 10 // bytes of a form with a few fields

// rescue returns the rescued archive that the address names, if the viewer may see it.
func (p *Pages) rescue(tx *store.Tx, r *http.Request) (store.Rescue, error) {
	id, err := strconv.ParseInt(r.PathValue("rescue"), 10, 64)
	if err != nil {
		return store.Rescue{}, fmt.Errorf("rescue %q: %w", r.PathValue("rescue"), errs.NotFound)
	}
	rescue, err := tx.Rescue(archive.RescueFromPublic(id))
	if err == nil && !p.Viewer(r).MaySee(rescue.Keeper, rescue.Visibility) {
		return store.Rescue{}, fmt.Errorf("rescue %d: not for this viewer: %w", rescue.ID, errs.NotFound)
	}
	return rescue, err
}

// nameOf is what people call a rescued archive.
func nameOf(r store.Rescue) string {
	if r.Site.Name != "" {
		return r.Site.Name
	}
	return hostOf(r)
}

// printed trusts what prose prints. No picture is asked of another site. Targets
// of links are for texts that have the page for themselves.
func printed(d prose.Doc, heading int) template.HTML { return printedAs(d, heading, true) }

func printedAs(d prose.Doc, heading int, ofMany bool) template.HTML {
	return template.HTML(d.Print(prose.Options{Heading: heading, NoTargets: ofMany, Image: func(string, string) string { return "" }}))
}
