package query

import (
	"go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// all lists every type of expression. Whoever adds one adds it here, and then
// to everything that switches over them: find's compile and its slow truth.
var all = []Q{And{}, Or{}, Not{Const(true)}, Const(true), Words{}, Tag{}, Focus{}, Number{}, Date{}, Flag{}, Language{}, Shelf{}}

func TestExpressionsAreAClosedSet(t *testing.T) {
	var declared, listed []string
	names, _ := filepath.Glob("*.go")
	for _, name := range names {
		file, err := goparser.ParseFile(gotoken.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil && f.Name.Name == "binds" {
				declared = append(declared, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	for _, q := range all {
		listed = append(listed, reflect.TypeOf(q).Name())
		if Simplify(q) == nil || q.String() == "" {
			t.Errorf("%T has no simple form or no spelling", q)
		}
	}
	slices.Sort(declared)
	slices.Sort(listed)
	if !slices.Equal(declared, listed) {
		t.Errorf("types %v, listed %v", declared, listed)
	}
}

// Every field must have a spelling that reads back as the same field.
func TestFields(t *testing.T) {
	values := map[reflect.Type]string{
		reflect.TypeOf(Number{}): "5", reflect.TypeOf(Date{}): "2024", reflect.TypeOf(Flag{}): "yes",
	}
	for name, q := range fields {
		if q == nil || name == "status" {
			continue
		}
		value := values[reflect.TypeOf(q)]
		if value == "" {
			value = "tea"
		}
		in := name + ":" + value
		if got, problems := Parse(in); got.String() != in || len(problems) > 0 {
			t.Errorf("%s spells %s, %v", in, got, problems)
		}
	}
	for alias, name := range aliases {
		if _, ok := fields[name]; !ok {
			t.Errorf("%s stands for %s, which is no field", alias, name)
		}
	}
}
