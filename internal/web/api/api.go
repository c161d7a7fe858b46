package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/web"
	"ficstead/internal/web/page"
)

// Root is where the API stands.
const Root = "/api/v1"

// api is the archive for programs.
type api struct {
	site *web.Site
}

// New answers every address below Root for the site.
func New(site *web.Site) http.Handler {
	mux := http.NewServeMux()
	a := &api{site}
	document := a.routes(mux)
	mux.HandleFunc("GET "+Root+"/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(document) // who has left needs no answer
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { nothingThere(mux, w, r) })
	return withViewer(site, mux)
}

// config is huma's without its pages and its additions to answers: the pages
// would load scripts of others, and the shape of answers is promised.
func config() huma.Config {
	c := huma.DefaultConfig("Ficstead", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", "", nil
	c.Info.Description = "Works, chapters, tags and imports of a Ficstead library. Ids are public ids: positive, and in no order."
	c.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	c.Formats = map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat}
	return c
}

// routes registers every operation and returns the OpenAPI document of them.
func (a *api) routes(mux *http.ServeMux) []byte {
	h := humago.New(mux, config())
	get(h, "/works", "list-works", "Works", "The works that answer a question, with counts by tag. Parameters that cannot be read are told in `ignored`, and the rest is answered.", a.listWorks)
	get(h, "/works/{id}", "show-work", "Works", "One work.", a.showWork)
	get(h, "/works/{id}/chapters/{n}", "show-chapter", "Works", "One chapter with its text.", a.showChapter)
	get(h, "/works/{id}/alike", "list-alike", "Works", "Works that are like one, each with its reasons.", a.listAlike)
	get(h, "/facets", "list-facets", "Works", "All tags of a kind among the works that a question finds, with exact counts.", a.listFacets)
	get(h, "/remember", "remember", "Works", "Chapters that may hold a line that is half remembered.", a.remember)
	get(h, "/works/{id}/mends", "list-mends", "Works", "What was mended in a work, what could be, and what its file proposes.", a.listMends)
	get(h, "/tags", "list-tags", "Tags", "Tags by what was typed of their name, those of most works first.", a.listTags)
	get(h, "/imports/{id}", "show-import", "Imports", "An import with what became of each file.", a.showImport)
	a.acceptImports(h)
	a.acceptChanges(h)
	tidy(h.OpenAPI())
	document, err := json.Marshal(h.OpenAPI())
	if err != nil {
		panic(err) // it is made of our own types
	}
	return document
}

// get registers one question. Parameters are judged by what answers it and not
// by huma, so that the API and the pages say the same about them.
func get[I, O any](h huma.API, path, id, group, summary string, f func(context.Context, *I) (*O, error)) {
	op := huma.Operation{
		Method: http.MethodGet, Path: Root + path, OperationID: id, Tags: []string{group}, Summary: summary,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}, SkipValidateParams: true,
	}
	huma.Register(h, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := f(ctx, in)
		switch {
		case errors.Is(err, errs.Busy):
			return nil, huma.ErrorWithHeaders(problem(ctx, err), http.Header{"Retry-After": {page.RetrySeconds}})
		case err != nil:
			return nil, problem(ctx, err)
		}
		return out, nil
	})
}

// tidy corrects what huma takes for granted: that any list may be null, which
// none of ours is, and that no object may.
func tidy(document *huma.OpenAPI) {
	for _, schema := range document.Components.Schemas.Map() {
		for _, property := range schema.Properties {
			if property.Type == huma.TypeArray {
				property.Nullable = false
			}
		}
	}
	for _, path := range document.Paths {
		if path.Get == nil {
			continue
		}
		for _, parameter := range path.Get.Parameters {
			parameter.Schema.Nullable = false
		}
	}
	for _, name := range []string{"Work", "WholeWork"} {
		work := document.Components.Schemas.Map()[name]
		work.Properties["rating"] = &huma.Schema{
			Description: "Null if the work has none",
			AnyOf:       []*huma.Schema{work.Properties["rating"], {Type: "null"}},
		}
	}
}

// nothingThere answers what no route does: another method, or nothing.
func nothingThere(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		ask := &http.Request{Method: method, Host: r.Host, URL: r.URL}
		if _, pattern := mux.Handler(ask); pattern != "/" {
			allowed = append(allowed, method)
		}
	}
	if allowed == nil {
		refuse(w, r, errs.NotFound)
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	send(w, newProblem(http.StatusMethodNotAllowed))
}

type viewerKey struct{}

// withViewer puts who is looking where the handlers, which huma calls without
// the request, find it.
func withViewer(site *web.Site, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), viewerKey{}, site.Viewer(r))))
	})
}

// viewer is who is looking; a context that was never asked is a visitor's.
func viewer(ctx context.Context) archive.Viewer {
	v, _ := ctx.Value(viewerKey{}).(archive.Viewer)
	return v
}

// publicID is an id in an address: told as a number, taken as text, so that
// nonsense is "not found" as on the pages.
type publicID string

// Schema tells huma what is promised of a publicID.
func (publicID) Schema(huma.Registry) *huma.Schema {
	one := 1.0
	return &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: &one}
}

// schemaOf is the schema of T, kept with the others of the document.
func schemaOf[T any](h huma.API) *huma.Schema {
	return h.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
}
