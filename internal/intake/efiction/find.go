package efiction

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/picture"
	"ficstead/internal/intake/record"
)

const (
	full = 65_500 // bytes; a text column holds 65,535, and what is beyond was cut silently
)

// findRoot finds where in the folder the authors' folders are: people choose the
// folder of the stories, or one above it.
func (d *Dump) findRoot() {
	if d.files == nil {
		return
	}
	const enough = 40 // files are a fair sample
	counts := map[string]int{}
	tried := 0
	d.tables["chapters"].each(func(c row) {
		if tried > enough || len(bytes.TrimSpace(c.raw("storytext"))) > 0 {
			return
		}
		tried++
		name := fmt.Sprintf("/%d/%d.txt", c.num("uid"), c.num("chapid"))
		for _, found := range d.files.Find(path.Base(name)) {
			if root, ok := strings.CutSuffix("/"+found, name); ok {
				counts[root]++
			}
		}
	})
	best := 0
	for root, n := range counts {
		if n > best || n == best && root < d.root {
			d.root, best = root, n
		}
	}
	if d.root = strings.TrimPrefix(d.root, "/"); d.root != "" {
		d.root += "/"
	}
}

// textOf finds the text of a chapter: in the database or in a file, whichever of
// them the archive showed.
func (w *writing) textOf(c row) record.Text {
	stored := c.raw("storytext")
	inDatabase := len(bytes.TrimSpace(stored)) > 0
	cut := len(stored) >= full
	if inDatabase && !cut && w.store != "files" {
		return w.stored(c)
	}
	data, from, rule := w.fileOf(c)
	switch {
	case data == nil && inDatabase && cut:
		w.tell("loss", "cut text", "A chapter fills its column to the last byte: its end was most likely cut off by the database, and no file has it.", w.at(c))
		return w.stored(c)
	case data == nil && inDatabase:
		return w.stored(c)
	case data == nil:
		where := fmt.Sprintf("%s: %s%d/%d.txt", w.at(c), w.root, c.num("uid"), c.num("chapid"))
		if len(c.raw("title")) > 0 || c.num("wordcount") > 0 || w.files == nil {
			w.tell("loss", "missing text", "The text of a chapter is neither in the dump nor in the folder of the stories.", where)
		}
		return record.Text{}
	case inDatabase && cut && len(data) < len(stored):
		w.tell("doubt", "cut text", "A chapter fills its column to the last byte, and its file is shorter; the longer was taken.", w.at(c))
		return w.stored(c)
	case inDatabase && !bytes.Equal(bytes.TrimSpace(data), bytes.TrimSpace(stored)):
		w.tell("doubt", "where text is", "A chapter is in the database and in a file, and they differ; the file was taken, which the archive showed.", from)
	}
	w.tell("note", "where text is", rule, from)
	if encoding := encodingOf(data); encoding != "" {
		w.tell("note", "encoding", "Texts: "+told[encoding], from)
	}
	escaped, bare := quotesIn(data)
	return record.Text{Raw: data, Lines: true, Slashes: escaped >= 2 && bare == 0}
}

func (w *writing) stored(c row) record.Text {
	w.tell("note", "where text is", "Texts in the database.", w.at(c))
	if encoding := encodingOf(c.raw("storytext")); encoding != "" {
		w.tell("note", "encoding", "Texts: "+told[encoding], w.at(c))
	}
	return w.slashed.prose("chapters", c, "storytext")
}

// at names a chapter in findings.
func (w *writing) at(c row) string {
	return fmt.Sprintf("%s, chapter %d (%d)", w.Key, c.num("inorder"), c.num("chapid"))
}

// fileOf finds the file of a chapter, and says by which rule.
func (w *writing) fileOf(c row) (data []byte, from, rule string) {
	if w.files == nil {
		return nil, "", ""
	}
	name := fmt.Sprintf("%d.txt", c.num("chapid"))
	for _, try := range [...]struct {
		uid  int
		rule string
	}{
		{c.num("uid"), "Texts in the folder of the chapter's author."},
		{w.row.num("uid"), "Texts in the folder of the story's author, who is not the chapter's."},
	} {
		at := fmt.Sprintf("%s%d/%s", w.root, try.uid, name)
		if data := w.readFile(at); data != nil {
			return data, at, try.rule
		}
	}
	var best []byte
	found := 0
	for _, at := range w.files.Find(name) {
		if data := w.readFile(at); data != nil {
			if found++; len(data) > len(best) {
				best, from = data, at
			}
		}
	}
	if found > 1 {
		return best, from, "Texts in the folder of somebody else, where several have a file of that number; the longest was taken."
	}
	return best, from, "Texts in the folder of somebody else; the number of the chapter is their name."
}

// readFile reads a file that is not empty.
func (w *writing) readFile(at string) []byte {
	data, err := w.files.Read(at)
	switch {
	case err != nil && !errors.Is(err, errs.NotFound):
		w.tell("loss", "missing text", "A file of the folder cannot be read.", fmt.Sprintf("%s (%v)", at, err))
		return nil
	case len(data) > bounds.Part:
		w.tell("loss", "missing text", fmt.Sprintf("A file is larger than %d MB, which no chapter is; its beginning was taken.", bounds.Part>>20), at)
		return data[:bounds.Part]
	case len(bytes.TrimSpace(data)) == 0:
		return nil
	}
	return data
}

// takePictures keeps the pictures of the folder that a text shows.
func (w *writing) takePictures(t record.Text, c row) {
	if !bytes.Contains(bytes.ToLower(t.Raw), []byte("<img")) {
		return
	}
	s, _, _ := record.Decode(t.Raw, nil)
	for _, address := range record.Pictures(s) {
		inside, ok := w.inside(address)
		if !ok || w.pictures[address] {
			continue
		}
		if w.pictures == nil {
			w.pictures = map[string]bool{}
		}
		w.pictures[address] = true
		w.takePicture(address, inside, c)
	}
}

var runnable = regexp.MustCompile(`(?i)\.(?:php\d?|phtml|phar|cgi|pl|py|asp|aspx|jsp|exe|sh|html?|svg)(?:\.|$)`)

func (w *writing) takePicture(address, inside string, c row) {
	if runnable.MatchString(path.Base(inside)) {
		w.tell("loss", "pictures", "A file that a story shows as a picture has the name of a program; it was left out.", inside)
		return
	}
	data := w.pictureAt(inside)
	if data == nil {
		w.tell("loss", "pictures", "A picture that a story shows is not in the folder of the stories.", fmt.Sprintf("%s: %s", w.at(c), address))
		return
	}
	if _, err := picture.Look(data); err != nil || w.size+len(data) > bounds.DumpPictures {
		w.tell("loss", "pictures", "A file that a story shows as a picture is none that can be shown, or too large.", inside)
		return
	}
	w.size += len(data)
	w.Story.Pictures = append(w.Story.Pictures, record.Picture{Address: address, Data: data})
}

// pictureAt reads a picture by its path, or else by its name if that is the only one.
func (w *writing) pictureAt(inside string) []byte {
	if w.files == nil {
		return nil
	}
	for _, at := range [...]string{w.root + inside, inside} {
		if data, err := w.files.Read(at); err == nil && len(data) > 0 {
			return data
		}
	}
	if found := w.files.Find(path.Base(inside)); len(found) == 1 {
		if data, err := w.files.Read(found[0]); err == nil && len(data) > 0 {
			return data
		}
	}
	return nil
}

// inside makes the address of a picture a path within the folder of the stories.
// It reports false for pictures of other sites.
func (d *Dump) inside(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	if u.Host != "" {
		host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		if own, _, _ := strings.Cut(d.host, "/"); d.site.URL == "" || host != own {
			return "", false
		}
	}
	p := strings.TrimPrefix(path.Clean("/"+u.Path), "/")
	if folder := d.storiesPath; folder != "" {
		if i := strings.Index("/"+p, "/"+folder+"/"); i >= 0 {
			p = p[i+len(folder)+1:]
		}
	}
	return p, p != ""
}
