package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
)

// receipt is what became of one file, or of one file within a ZIP.
type receipt struct {
	Source   string              `json:"source" doc:"Name of the file, with \"a.zip!b.html\" for members"`
	Kind     string              `json:"kind" doc:"The format as recognised"`
	Status   string              `json:"status" enum:"new,same,updated,duplicate,refused"`
	Work     *int64              `json:"work" minimum:"1" doc:"Public id; null if refused"`
	Title    string              `json:"title"`
	Mends    []archive.MendCount `json:"mends"`
	Warnings []string            `json:"warnings"`
	Error    string              `json:"error" doc:"What is wrong and what to do; empty unless refused"`
}

// batch is an import and how far it is.
type batch struct {
	ID       int64     `json:"id" minimum:"1" doc:"Public id"`
	Status   string    `json:"status" enum:"running,done"`
	Started  time.Time `json:"started"`
	Files    int       `json:"files" minimum:"0"`
	Done     int       `json:"done" minimum:"0" doc:"Files that have their receipts"`
	Receipts []receipt `json:"receipts" doc:"In the order of the files"`
	InHand   []inHand  `json:"in_hand" doc:"Files that hold several and are being read; the receipts of what is done of them are told already"`
}

// inHand is how far a file is that holds several.
type inHand struct {
	Source string `json:"source"`
	Files  int    `json:"files" minimum:"0" doc:"How many are in it"`
	Done   int    `json:"done" minimum:"0"`
}

type importAnswer struct{ Body batch }

func (a *api) showImport(ctx context.Context, in *struct {
	ID publicID `path:"id"`
}) (*importAnswer, error) {
	id, err := strconv.ParseInt(string(in.ID), 10, 64)
	if err != nil {
		return nil, errs.NotFound
	}
	told, err := a.loadImport(ctx, archive.ImportFromPublic(id))
	if err != nil {
		return nil, err
	}
	return &importAnswer{told}, nil
}

func (a *api) loadImport(ctx context.Context, id archive.ImportID) (told batch, err error) {
	err = a.site.Store.Read(ctx, func(tx *store.Tx) error {
		i, err := tx.Import(id)
		if err == nil && !viewer(ctx).MaySeeImport(i.Owner) {
			err = errs.NotFound
		}
		if err != nil {
			return err
		}
		items, err := tx.ImportItems(id)
		told = tellImport(i, items, a.site.Bring.Partials(id))
		return err
	})
	return told, err
}

func tellImport(i store.Import, items []store.ImportItem, partials []jobs.Partial) batch {
	told := batch{ID: i.ID.Public(), Status: "done", Started: i.Started.UTC(), Files: i.Items, Done: i.Done, Receipts: []receipt{}, InHand: []inHand{}}
	if i.Done < i.Items {
		told.Status = "running"
	}
	for _, item := range items {
		for _, p := range partials {
			if p.Item == item.ID && !item.Done {
				item.Receipts = p.Receipts
				told.InHand = append(told.InHand, inHand{p.Name, p.Of, len(p.Receipts)})
			}
		}
		for _, r := range item.Receipts {
			told.Receipts = append(told.Receipts, tellReceipt(r))
		}
	}
	return told
}

func tellReceipt(r archive.Receipt) receipt {
	told := receipt{
		Source: r.Source, Kind: r.Kind, Status: string(r.Status), Title: r.Title, Error: r.Error,
		Mends: append([]archive.MendCount{}, archive.CountMends(r.Mends)...), Warnings: append([]string{}, r.Warnings...),
	}
	if r.Work != 0 {
		id := r.Work.Public()
		told.Work = &id
	}
	return told
}

// acceptImports registers the upload. It is written by hand, because a form of
// files is kept as it arrives and not gathered first.
func (a *api) acceptImports(h huma.API) {
	op := &huma.Operation{
		Method: http.MethodPost, Path: Root + "/imports", OperationID: "create-import", Tags: []string{"Imports"},
		Summary: "Bring in files: AO3 downloads, EPUBs, web pages, Markdown, text, or ZIPs of them. The answer comes when they are received; ask its Location for what became of them.",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
			Type: huma.TypeObject, Required: []string{"file"},
			Properties: map[string]*huma.Schema{"file": {Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "binary"}, Description: "One or more files"}},
		}}}},
		Responses: map[string]*huma.Response{"202": {
			Description: http.StatusText(http.StatusAccepted),
			Headers:     map[string]*huma.Param{"Location": {Schema: &huma.Schema{Type: huma.TypeString, Format: "uri-reference"}, Description: "Of the import"}},
			Content:     map[string]*huma.MediaType{"application/json": {Schema: schemaOf[batch](h)}},
		}},
	}
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusInsufficientStorage} {
		op.Responses[strconv.Itoa(status)] = &huma.Response{
			Description: http.StatusText(status),
			Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schemaOf[huma.ErrorModel](h)}},
		}
	}
	h.OpenAPI().AddOperation(op)
	h.Adapter().Handle(op, func(c huma.Context) { a.createImport(humago.Unwrap(c)) })
}

func (a *api) createImport(r *http.Request, w http.ResponseWriter) {
	id, err := a.site.Bring.Receive(w, r)
	var told batch
	if err == nil {
		told, err = a.loadImport(r.Context(), id)
	}
	if err != nil {
		refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Location", Root+address.Import(id))
	w.WriteHeader(http.StatusAccepted)
	_ = json.NewEncoder(w).Encode(told) // who has left needs no answer
}
