package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// layers is the architecture. A package may import what stands on lower lines,
// never its own line or a higher one. A name with /... covers what is below it.
const layers = `
cmd/ficstead
internal/doctor
internal/web/api
internal/web
internal/web/bring internal/web/review internal/web/rescues internal/web/copies internal/web/facets internal/web/remember internal/web/alike
internal/web/passages
internal/web/page
internal/web/feed
internal/web/listing internal/web/madeup internal/web/mends internal/web/monitor
internal/web/answer internal/web/guard internal/web/look internal/web/address internal/web/words internal/web/upload internal/web/budget internal/web/overload
internal/samples internal/jobs internal/rescue internal/reading
internal/intake internal/export internal/propose
internal/catalogue internal/catalogue/wrangle internal/store/check
internal/find internal/store/storetest internal/store/textindex internal/backup
internal/store
internal/store/migrations
internal/store/tables
internal/store/database internal/store/gather internal/store/packing internal/store/seal
internal/intake/efiction internal/intake/autoarchive
internal/intake/record
internal/index internal/fulltext internal/find/query internal/review internal/repair internal/intake/...
internal/repair/... internal/index/vocabulary internal/index/tally
internal/index/segment
internal/repair/signs
internal/repair/decode
internal/archive internal/bagit internal/metrics
internal/base/prose internal/base/epub internal/base/unfuse internal/base/unbroken internal/base/fanficfare internal/base/mapped
internal/base/...
internal/base/bounds
`

// doors are the imports that touch the world outside, and who alone may use
// them. The rest of the archive is values in, values out.
var doors = map[string]string{
	"database/sql":  "internal/store internal/store/database internal/store/seal internal/store/migrations internal/store/tables internal/store/textindex internal/store/storetest",
	"html/template": "internal/rescue internal/web internal/web/page internal/web/bring internal/web/review internal/web/rescues internal/web/alike internal/web/passages",
	"log/slog":      "cmd/ficstead internal/web internal/web/page internal/web/api internal/web/monitor internal/jobs",
	"net/http":      "cmd/ficstead internal/doctor internal/web internal/web/bring internal/web/review internal/web/rescues internal/web/copies internal/web/facets internal/web/remember internal/web/alike internal/web/page internal/web/api internal/web/answer internal/web/guard internal/web/monitor internal/web/overload internal/web/upload",
	"os":            "cmd/ficstead internal/doctor internal/base/machine internal/backup internal/base/mapped internal/store/storetest internal/store/textindex",
	"os/exec":       "cmd/ficstead",
	"testing":       "internal/store/storetest",
}

// road is the order of the stages, which each of them states in its doc.go.
const road = "intake → repair → catalogue → store → index → find → export"

const (
	module      = "ficstead/"
	maxFile     = 600 // lines; most files have fewer than 150
	maxFunction = 80  // lines; most functions have fewer than 12
	maxPackage  = 4000
)

// long lists the exceptions, each with its reason.
var long = map[string]string{}

func TestArchitecture(t *testing.T) {
	guide, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	for dir, files := range source(t) {
		if dir == "internal" {
			continue
		}
		if !strings.Contains(string(guide), "`"+dir+"`") {
			t.Errorf("%s: not in ARCHITECTURE.md", dir)
		}
		own, ok := layer(dir)
		if !ok {
			t.Errorf("%s: on no line of layers", dir)
		}
		doc := ""
		for _, file := range files {
			doc += file.Doc.Text()
			for _, imp := range file.Imports {
				path := strings.Trim(imp.Path.Value, `"`)
				if may, ok := doors[path]; ok && !strings.Contains(" "+may+" ", " "+dir+" ") {
					t.Errorf("%s imports %s, which only %s may", dir, path, may)
				}
				target, ours := strings.CutPrefix(path, module)
				if below, _ := layer(target); ours && below <= own {
					t.Errorf("%s imports %s, which is not below it", dir, target)
				}
			}
		}
		name := filepath.Base(dir)
		if kind := "Package " + name; !strings.HasPrefix(doc, kind+" ") && !strings.HasPrefix(doc, "Command "+name+" ") {
			t.Errorf("%s: the package comment does not begin with %q", dir, kind)
		}
		if strings.Contains(" "+road+" ", " "+name+" ") && filepath.Dir(dir) == "internal" && !strings.Contains(doc, road) {
			t.Errorf("%s: doc.go does not say where it stands on the road", dir)
		}
	}
}

func TestSizes(t *testing.T) {
	for dir, files := range source(t) {
		sum := 0
		for path, file := range files {
			sum += lines(file)
			if n := lines(file); n > maxFile && long[path] == "" {
				t.Errorf("%s has %d lines", path, n)
			}
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if ok && lines(f) > maxFunction && long[path+":"+f.Name.Name] == "" {
					t.Errorf("%s: %s has %d lines", path, f.Name.Name, lines(f))
				}
			}
		}
		if sum > maxPackage {
			t.Errorf("%s: %d lines in one package", dir, sum)
		}
	}
}

// layer returns the line of layers that dir stands on; the longest name wins.
func layer(dir string) (line int, ok bool) {
	best := ""
	for i, names := range strings.Split(layers, "\n") {
		for _, name := range strings.Fields(names) {
			parent, wild := strings.CutSuffix(name, "/...")
			if (name == dir || wild && strings.HasPrefix(dir, parent+"/")) && len(name) > len(best) {
				best, line = name, i
			}
		}
	}
	return line, best != ""
}

var fset = token.NewFileSet()

func lines(n ast.Node) int {
	return fset.Position(n.End()).Line - fset.Position(n.Pos()).Line + 1
}

// source parses all but the tests, by directory and path.
func source(t *testing.T) map[string]map[string]*ast.File {
	t.Helper()
	dirs := map[string]map[string]*ast.File{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "node_modules" || d.Name() == "bench" || d.Name() == "torture" || d.Name() == "tools" || d.Name() == "e2e") {
			return filepath.SkipDir
		}
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		path = filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))
		dir := filepath.ToSlash(filepath.Dir(path))
		if dirs[dir] == nil {
			dirs[dir] = map[string]*ast.File{}
		}
		dirs[dir][path] = file
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}
