package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"

	"ficstead/internal/base/errs"
)

//go:embed static
var staticFiles embed.FS

// assets are the files of static/ by name, compressed once at start. Their
// addresses hold a hash of what is in them, so that browsers may keep them for
// ever and a new version is never mixed with an old page.
var assets = loadAssets()

type asset struct {
	answer *Answer
	hash   string
}

func loadAssets() map[string]asset {
	all := map[string]asset{}
	err := fs.WalkDir(staticFiles, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := staticFiles.ReadFile(name)
		sum := sha256.Sum256(body)
		name = name[len("static/"):]
		all[name] = asset{NewAnswer(assetType(name), body), hex.EncodeToString(sum[:5])}
		return err
	})
	if err != nil {
		panic(err) // an embedded folder is always readable
	}
	return all
}

// assetPath is the address of a file of static/. A name that is not there is a
// fault of the template, which any test that parses it will tell.
func assetPath(name string) (string, error) {
	a, ok := assets[name]
	if !ok {
		return "", fmt.Errorf("no file static/%s", name)
	}
	return "/-/static/" + a.hash + "/" + name, nil
}

// assetType is told here, because the tables of operating systems differ.
func assetType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}

func (s *Site) showAsset(w http.ResponseWriter, r *http.Request) error {
	a, ok := assets[r.PathValue("name")]
	if !ok {
		return fmt.Errorf("static file %q: %w", r.PathValue("name"), errs.NotFound)
	}
	if r.PathValue("hash") == a.hash {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	return a.answer.send(w, r, http.StatusOK)
}
