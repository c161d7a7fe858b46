package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
)

// The parts of CycloneDX 1.5 that are written.
type bom struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	PURL       string     `json:"purl,omitempty"`
	Licences   []licence  `json:"licenses,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type licence struct {
	Licence struct {
		ID string `json:"id"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// writeSBOM writes what the program is built from. There is no time and no
// random number in it: the same modules make the same bytes.
func writeSBOM(path, version string, modules []module) error {
	b := bom{Format: "CycloneDX", Spec: "1.5", Version: 1}
	b.Metadata.Component = component{Type: "application", Ref: "ficstead", Name: "ficstead", Version: version}
	for _, m := range modules {
		purl := "pkg:golang/" + m.Path + "@" + m.Version
		c := component{Type: "library", Ref: purl, Name: m.Path, Version: m.Version, PURL: purl}
		var l licence
		l.Licence.ID = m.licence
		c.Licences = []licence{l}
		if sum, ok := strings.CutPrefix(m.Sum, "h1:"); ok {
			// Go's own sum is over all files of the module, so it is no hash of a file.
			if raw, err := base64.StdEncoding.DecodeString(sum); err == nil {
				c.Properties = []property{{"go:sum:h1", hex.EncodeToString(raw)}}
			}
		}
		b.Components = append(b.Components, c)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(b); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}
