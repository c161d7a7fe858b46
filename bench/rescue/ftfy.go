package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
	"ficstead/bench/rescue/truth"
)

const ftfyVersion = "6.3.1"

// ftfyScript fixes texts: encodings only, then as it does by default.
const ftfyScript = `
import json, sys, ftfy
only = ftfy.TextFixerConfig(unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
    uncurl_quotes=False, fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, normalization=None)
texts = json.load(sys.stdin)
json.dump([["\n".join(ftfy.fix_text(l, c) for l in t.split("\n")) for t in texts] for c in (only, ftfy.TextFixerConfig())], sys.stdout)
`

// ftfyRow is one kind of mojibake.
type ftfyRow struct {
	recipe            string
	only, usual, ours measure.Share // exact paragraphs
}

// compareFtfy installs ftfy into dir and measures it where it is at home: on
// exact paragraphs of mojibake.
func compareFtfy(dir string, works []truth.Work) ([]ftfyRow, error) {
	python := filepath.Join(dir, "venv", "bin", "python")
	if err := run1("python3", "-m", "venv", filepath.Join(dir, "venv")); err != nil {
		return nil, err
	}
	if err := run1(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "ftfy=="+ftfyVersion); err != nil {
		return nil, err
	}
	var rows []ftfyRow
	for _, name := range []string{"latin-1", "cp1252", "double", "C1", "MacRoman", "cp1251", "cp1252 with holes", "cp1252 as MacRoman", "mixed lines", "clean"} {
		recipe, _ := damage.Find(name)
		row, err := ftfyOn(python, name, recipe, works)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func ftfyOn(python, name string, recipe damage.Recipe, works []truth.Work) (ftfyRow, error) {
	row := ftfyRow{recipe: name}
	var files []damage.File
	var texts []string
	for _, w := range works {
		f := recipe.Make(w, seedOf(&w, recipe))
		files, texts = append(files, f), append(texts, string(f.Data))
	}
	in, err := json.Marshal(texts)
	if err != nil {
		return row, err
	}
	c := exec.Command(python, "-c", ftfyScript)
	c.Stdin = bytes.NewReader(in)
	data, err := c.Output()
	if err != nil {
		return row, err
	}
	var out [2][]string
	if err := json.Unmarshal(data, &out); err != nil {
		return row, err
	}
	for i, f := range files {
		is := measure.OfTruth(&f.Truth)
		for k, into := range []*measure.Share{&row.only, &row.usual} {
			look := measure.Look(&is, measure.OfText(out[k][i]))
			into.Sum(measure.Compare(&is, look, look, measure.Para).Exact)
		}
		r := read(f.Name, f.Data, is)
		row.ours.Sum(measure.Compare(&is, r.before, r.after, measure.Para).Exact)
	}
	return row, nil
}

func printFtfy(out *strings.Builder, rows []ftfyRow, err error) {
	if err != nil {
		fmt.Fprintf(out, "ftfy: not measured, %v.\n", strings.ReplaceAll(err.Error(), "\n", " "))
		return
	}
	fmt.Fprintf(out, "ftfy (%s), exact paragraphs beyond ASCII; “clean” is text without damage.\n\n| bytes | ftfy, encodings only | ftfy, as it comes | ours |\n|---|---|---|---|\n", ftfyVersion)
	for _, r := range rows {
		fmt.Fprintf(out, "| %s | %.4f | %.4f | %.4f |\n", r.recipe, r.only.Ratio(), r.usual.Ratio(), r.ours.Ratio())
	}
}
