package bagit

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Files is what a bag stands in: a folder or a ZIP.
type Files interface {
	Names() []string // of all files, with slashes, relative to the bag
	Read(name string) ([]byte, error)
}

const (
	maxTagFile = 256 << 20 // a manifest of a million files
	maxFiles   = 2_000_000
)

// Bag is what a valid bag says of itself.
type Bag struct {
	Info    []Field
	Payload []string // names of the files below data/, sorted
}

// Invalid is why a bag is not to be used: sentences, a few at most.
type Invalid []string

func (i Invalid) Error() string { return strings.Join(i, " ") }

// mostTold is how many sentences are enough.
const mostTold = 20

// algorithms are those that sums may be of. The old ones are read beside a better
// one, and never alone.
var algorithms = map[string]func() hash.Hash{"sha256": sha256.New, "sha512": sha512.New, "sha1": sha1.New, "md5": md5.New}

func isStrong(algorithm string) bool { return algorithm == "sha256" || algorithm == "sha512" }

// Validate reads a whole bag and compares it with its manifests. A bag that is not
// complete, or not as it was, is Invalid.
func Validate(ctx context.Context, files Files) (Bag, error) {
	v := &validator{files: files, there: map[string]bool{}, listed: map[string]map[string]string{}}
	bag, err := v.validate(ctx)
	if err == nil && len(v.wrong) > 0 {
		err = v.wrong
	}
	return bag, err
}

type validator struct {
	files  Files
	there  map[string]bool
	listed map[string]map[string]string // by manifest, then by name: the sum
	wrong  Invalid
}

func (v *validator) tell(format string, args ...any) {
	if len(v.wrong) < mostTold {
		v.wrong = append(v.wrong, fmt.Sprintf(format, args...))
	}
}

func (v *validator) validate(ctx context.Context) (bag Bag, err error) {
	names := v.files.Names()
	if len(names) > maxFiles {
		return bag, Invalid{fmt.Sprintf("The bag has more than %d files.", maxFiles)}
	}
	lower := map[string]bool{}
	for _, name := range names {
		if err := checkName(name); err != nil {
			return bag, Invalid{"The bag cannot be used: " + err.Error() + "."}
		}
		if lower[strings.ToLower(name)] {
			v.tell("Two files are called %.80q, or nearly so.", name)
		}
		v.there[name], lower[strings.ToLower(name)] = true, true
		if strings.HasPrefix(name, "data/") {
			bag.Payload = append(bag.Payload, name)
		}
	}
	slices.Sort(bag.Payload)
	v.declared()
	v.fetched()
	v.manifests()
	bag.Info = v.info()
	v.complete(bag.Payload)
	if len(v.wrong) > 0 {
		return bag, nil // before everything is read for nothing
	}
	return bag, v.sums(ctx, bag)
}

var versions = regexp.MustCompile(`^BagIt-Version: (0\.9[3-7]|1\.0)\r?\nTag-File-Character-Encoding: (?i:UTF-8)\r?\n?$`)

func (v *validator) declared() {
	text, ok := v.text("bagit.txt")
	switch {
	case !ok:
		v.tell("The file bagit.txt is missing: this is no bag.")
	case !versions.MatchString(text):
		v.tell("The file bagit.txt is not as it must be, or of a version that is not known.")
	}
}

// fetched refuses bags whose files are elsewhere: nothing is asked of the web.
func (v *validator) fetched() {
	if text, ok := v.text("fetch.txt"); ok && strings.TrimSpace(text) != "" {
		v.tell("Files of this bag are somewhere on the web (fetch.txt). Complete the bag first.")
	}
}

var manifestName = regexp.MustCompile(`^(tag)?manifest-([a-z0-9]+)\.txt$`)

func (v *validator) manifests() {
	strong := false
	for name := range v.there {
		m := manifestName.FindStringSubmatch(name)
		switch {
		case m == nil:
		case algorithms[m[2]] == nil:
			v.tell("The sums of %s are of a kind that is not known.", name)
		default:
			strong = strong || m[1] == "" && isStrong(m[2])
			v.listed[name] = v.manifest(name, m[1] == "")
		}
	}
	if !strong {
		v.tell("The bag has no manifest-sha256.txt or manifest-sha512.txt.")
	}
}

var manifestLine = regexp.MustCompile(`^([0-9a-fA-F]+)[ \t]+\*?(.+)$`)

func (v *validator) manifest(name string, payload bool) map[string]string {
	sums := map[string]string{}
	text, _ := v.text(name)
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line = strings.TrimSuffix(line, "\n")
		m := manifestLine.FindStringSubmatch(line)
		if m == nil {
			v.tell("A line of %s cannot be read: %.80q.", name, line)
			continue
		}
		file := strings.TrimPrefix(unescape(m[2]), "./")
		_, twice := sums[file]
		switch err := checkName(file); {
		case err != nil:
			v.tell("In %s: %v.", name, err)
		case twice:
			v.tell("%s lists %.80q twice.", name, file)
		case payload != strings.HasPrefix(file, "data/"):
			v.tell("%s lists %.80q, which does not belong there.", name, file)
		}
		sums[file] = strings.ToLower(m[1])
	}
	return sums
}

// complete compares the files that are there with those that are listed.
func (v *validator) complete(payload []string) {
	for manifest, sums := range v.listed {
		for name := range sums {
			if !v.there[name] {
				v.tell("%.80q is missing, and stands in %s.", name, manifest)
			}
		}
		for _, name := range payload {
			if _, ok := sums[name]; !ok && strings.HasPrefix(manifest, "manifest-") {
				v.tell("%.80q does not stand in %s.", name, manifest)
			}
		}
	}
}

// sums reads every file that is listed, once.
func (v *validator) sums(ctx context.Context, bag Bag) error {
	of := map[string][]string{} // manifests, by name
	for manifest, sums := range v.listed {
		for name := range sums {
			of[name] = append(of[name], manifest)
		}
	}
	total := int64(0)
	for name, manifests := range of {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := v.files.Read(name)
		if err != nil {
			v.tell("%.80q cannot be read: %v.", name, err)
			continue
		}
		if strings.HasPrefix(name, "data/") {
			total += int64(len(data))
		}
		for _, manifest := range manifests {
			sum := algorithms[manifestName.FindStringSubmatch(manifest)[2]]()
			sum.Write(data)
			if hex.EncodeToString(sum.Sum(nil)) != v.listed[manifest][name] {
				v.tell("%.80q is not as it was when the bag was made.", name)
			}
		}
	}
	for _, f := range bag.Info {
		if strings.EqualFold(f.Label, "Payload-Oxum") && f.Value != strconv.FormatInt(total, 10)+"."+strconv.Itoa(len(bag.Payload)) {
			v.tell("The bag says that it holds %s, and it is %d bytes in %d files.", f.Value, total, len(bag.Payload))
		}
	}
	return nil
}

// info reads bag-info.txt, whose long lines go on in the next after a space.
func (v *validator) info() (fields []Field) {
	text, _ := v.text("bag-info.txt")
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line = strings.TrimSuffix(line, "\n")
		label, value, ok := strings.Cut(line, ":")
		switch {
		case line == "":
		case (line[0] == ' ' || line[0] == '\t') && len(fields) > 0:
			fields[len(fields)-1].Value += " " + strings.TrimSpace(line)
		case !ok || strings.TrimSpace(label) == "":
			v.tell("A line of bag-info.txt cannot be read: %.80q.", line)
		default:
			fields = append(fields, Field{strings.TrimSpace(label), strings.TrimSpace(value)})
		}
	}
	return fields
}

// text reads a file beside data/.
func (v *validator) text(name string) (string, bool) {
	if !v.there[name] {
		return "", false
	}
	data, err := v.files.Read(name)
	if err != nil || len(data) > maxTagFile {
		v.tell("%s cannot be read.", name)
		return "", true
	}
	return strings.TrimPrefix(string(data), "\uFEFF"), true
}
