package bounds

import (
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/limits-of-input.md")

const page = "../../../docs/limits-of-input.md"

const head = `# Limits of input

What comes from outside is bounded, so that no file and no request takes the
machine. The limits are far above anything that people have written. What goes
beyond one is refused, or kept as far as it goes, and the receipt or the page
says so. How often somebody may ask is another matter: see the limits of rates.

This page is written from ` + "`internal/base/bounds`" + ` (` + "`go test ./internal/base/bounds -update`" + `).
`

// The page tells what the code does: each bound with its value and its reason.
func TestPage(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	values := valuesOf(t)
	for _, name := range []string{"files.go", "texts.go", "pictures.go", "dumps.go", "works.go", "questions.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for i, decl := range file.Decls {
			d := decl.(*ast.GenDecl)
			if title, _, _ := strings.Cut(d.Doc.Text(), "."); i == 0 {
				fmt.Fprintf(&b, "\n## %s\n\n| Limit | Value | What, and why |\n|---|---|---|\n", title)
			}
			for _, spec := range d.Specs {
				v := spec.(*ast.ValueSpec)
				why := v.Doc.Text()
				if why == "" {
					why = d.Doc.Text()
				}
				name := v.Names[0].Name
				if !strings.HasPrefix(why, name+" is ") {
					t.Errorf("%s does not say what it is: %q", name, why)
				}
				why = strings.TrimPrefix(strings.Join(strings.Fields(why), " "), name+" is ")
				fmt.Fprintf(&b, "| %s | %s | %s |\n", name, values[name], strings.ToUpper(why[:1])+why[1:])
			}
		}
	}
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(page); err != nil || string(got) != b.String() {
		t.Errorf("docs/limits-of-input.md is not what the code says; run go test ./internal/base/bounds -update (%v)", err)
	}
}

// valuesOf spells the value of each bound.
func valuesOf(t *testing.T) map[string]string {
	t.Helper()
	set := token.NewFileSet()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	p, err := new(types.Config).Check("bounds", set, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for _, name := range p.Scope().Names() {
		n, _ := constant.Int64Val(p.Scope().Lookup(name).(*types.Const).Val())
		values[name] = spelled(n)
	}
	return values
}

func spelled(n int64) string {
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GB", n>>30)
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KB", n>>10)
	}
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Each bound holds somewhere, or it would be a promise that nobody keeps.
func TestEachIsUsed(t *testing.T) {
	var all strings.Builder
	err := filepath.WalkDir("../../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "base/bounds/") {
			if d != nil && d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
				return filepath.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(path)
		all.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range valuesOf(t) {
		if !strings.Contains(all.String(), "bounds."+name) {
			t.Errorf("%s is used nowhere", name)
		}
	}
}
