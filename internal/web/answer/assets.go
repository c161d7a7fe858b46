package answer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
)

// Assets are files by name, compressed once. Their addresses hold a hash of
// what is in them, so that browsers may keep them for ever and a new version is
// never mixed with an old page.
type Assets struct {
	under string // their addresses, without a slash at the end
	files map[string]asset
}

type asset struct {
	answer *Answer
	hash   string
}

// NewAssets takes the files of a folder that is part of the program. It panics
// if the folder cannot be read, which an embedded one always can.
func NewAssets(files fs.ReadFileFS, dir, under string) Assets {
	all := Assets{under, map[string]asset{}}
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		panic(err)
	}
	for _, d := range entries {
		body, err := files.ReadFile(path.Join(dir, d.Name()))
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(body)
		all.files[d.Name()] = asset{New(assetType(d.Name()), body), hex.EncodeToString(sum[:5])}
	}
	return all
}

// Path is the address of a file.
func (a Assets) Path(name string) (string, error) {
	file, ok := a.files[name]
	if !ok {
		return "", fmt.Errorf("no asset %s", name)
	}
	return a.under + "/" + file.hash + "/" + name, nil
}

// Sizes are the compressed sizes of all files, in bytes.
func (a Assets) Sizes() map[string]int {
	sizes := map[string]int{}
	for name, file := range a.files {
		sizes[name] = len(file.answer.gz)
	}
	return sizes
}

// Send sends a file. It reports false if there is none of that name.
func (a Assets) Send(w http.ResponseWriter, r *http.Request, hash, name string) bool {
	file, ok := a.files[name]
	if ok && hash == file.hash {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if ok {
		_ = file.answer.Send(w, r, http.StatusOK) // never fails
	}
	return ok
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
