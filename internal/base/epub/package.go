package epub

import (
	"net/url"
	"path"
	"strings"

	"ficstead/internal/base/zipfile"
)

// packageName finds the package document: where the container says, or else
// the OPF nearest to the root.
func (r *reader) packageName() string {
	root, _ := parseXML(r.entry("META-INF/container.xml"))
	name := ""
	root.each("rootfile", func(n *node) {
		if f := r.find(resolve("", n.attr("full-path"))); f != nil && name == "" {
			name = f.Name
		}
	})
	if name == "" {
		name = findPackage(r.zip)
	}
	return name
}

func findPackage(z *zipfile.Archive) string {
	best := ""
	for _, f := range z.Files {
		if strings.EqualFold(path.Ext(f.Name), ".opf") && (best == "" || depth(f.Name) < depth(best)) {
			best = f.Name
		}
	}
	return best
}

func depth(name string) int { return strings.Count(name, "/") }

func (r *reader) readPackage(name string) {
	r.pack = &node{}
	r.refines = map[[2]string]string{}
	if name == "" {
		r.damage("The file does not say what belongs to the book and in which order; all its pages were taken, by name.")
		return
	}
	r.base = path.Dir(name)
	root, err := parseXML(r.entry(name))
	if err != nil {
		r.damage("The list of the book's parts is damaged; it was read as far as it goes.")
		r.doubted = true
	}
	if pack := root.first("package"); pack != nil {
		root = pack
	}
	r.pack = root
	r.book.Version = root.attr("version")
	root.each("meta", func(n *node) {
		if id, ok := strings.CutPrefix(n.attr("refines"), "#"); ok {
			r.refines[[2]string{id, n.attr("property")}] = n.line()
		}
	})
}

// refinement returns what a meta with that property says of n, or "".
func (r *reader) refinement(n *node, property string) string {
	if id := n.attr("id"); id != "" {
		return r.refines[[2]string{id, property}]
	}
	return ""
}

// resolve turns a reference in a file of folder base into an address. The
// fragment is dropped.
func resolve(base, ref string) string {
	ref, _, _ = strings.Cut(ref, "#")
	if plain, err := url.PathUnescape(ref); err == nil {
		ref = plain
	}
	ref = strings.ReplaceAll(strings.TrimSpace(ref), `\`, "/")
	if ref == "" {
		return ""
	}
	return strings.TrimLeft(path.Clean(strings.TrimPrefix(path.Join("/", base, ref), "/")), "/")
}

// fragment returns "#id" of a reference, or "".
func fragment(ref string) string {
	if i := strings.IndexByte(ref, '#'); i >= 0 && i+1 < len(ref) {
		return ref[i:]
	}
	return ""
}

// The algorithms that only keep fonts from being copied, and lock nothing up.
var obfuscations = [...]string{
	"http://www.idpf.org/2008/embedding",
	"http://ns.adobe.com/pdf/enc#RC",
}

// readEncryption notes which files are locked.
func (r *reader) readEncryption() {
	r.locked = map[string]bool{}
	root, _ := parseXML(r.entry("META-INF/encryption.xml"))
	root.each("encrypteddata", func(n *node) {
		method, cipher := n.first("encryptionmethod"), n.first("cipherreference")
		if method == nil || cipher == nil {
			return
		}
		for _, harmless := range obfuscations {
			if method.attr("algorithm") == harmless {
				return
			}
		}
		r.locked[resolve("", cipher.attr("uri"))] = true
	})
}
