package export

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// Markdown prints b as Markdown. Each work has its metadata in front as YAML,
// under the names that `ficstead mend --json` uses, then a heading of the
// second level for each chapter. Notes stand in quotes under a bold label.
// Pictures of our own have no place in a file of text: their descriptions stand
// for them.
func Markdown(b Book) ([]byte, error) {
	var out strings.Builder
	if len(b.Works) != 1 {
		out.WriteString("# " + markdownLine(b.title()) + "\n\n")
	}
	for i, bound := range b.Works {
		if i > 0 {
			out.WriteString("\n")
		}
		bound.writeFrontMatter(&out)
		bound.writeMarkdown(&out)
	}
	return []byte(out.String()), nil
}

func (b Bound) writeFrontMatter(out *strings.Builder) {
	w := b.Work
	y := yaml{out}
	out.WriteString("---\n")
	y.text("title", titleOf(w))
	y.creators(w.Creators)
	y.text("language", w.Language)
	y.tags("rating", w.TagsOf(archive.Rating))
	y.tags("warnings", w.TagsOf(archive.Warning))
	y.tags("categories", w.TagsOf(archive.Category))
	y.tags("fandoms", w.TagsOf(archive.Fandom))
	y.tags("relationships", w.TagsOf(archive.Relationship))
	y.tags("characters", w.TagsOf(archive.CharacterTag))
	y.tags("tags", w.TagsOf(archive.Freeform))
	y.series(w.Series)
	y.list("collections", w.Collections)
	y.list("recipients", w.Recipient)
	y.day("published", w.Posted)
	y.day("updated", w.Updated)
	fmt.Fprintf(out, "complete: %t\nchapters: %d\n", w.Complete, len(b.Chapters))
	y.number("chapters_planned", w.ChaptersPlanned)
	y.number("words", w.Words)
	y.text("source_url", w.Source.URL)
	y.block("summary", markdown(w.Summary))
	y.block("notes", markdown(w.Notes))
	y.block("end_notes", markdown(w.EndNotes))
	out.WriteString("---\n\n")
}

func (b Bound) writeMarkdown(out *strings.Builder) {
	out.WriteString("# " + markdownLine(titleOf(b.Work)) + "\n\n")
	for _, c := range b.Chapters {
		if !b.isSingle() {
			out.WriteString("## " + markdownLine(heading(c)) + "\n\n")
		}
		writeMarkdownNotes(out, "Chapter Summary", c.Summary)
		writeMarkdownNotes(out, "Chapter Notes", c.Notes)
		if !c.Text.IsEmpty() {
			out.WriteString(strings.TrimRight(markdown(c.Text), "\n") + "\n\n")
		}
		writeMarkdownNotes(out, "Chapter End Notes", c.EndNotes)
	}
}

func writeMarkdownNotes(out *strings.Builder, label string, d prose.Doc) {
	if d.IsEmpty() {
		return
	}
	out.WriteString("**" + label + "**\n\n")
	for line := range strings.Lines(strings.TrimRight(markdown(d), "\n") + "\n") {
		out.WriteString(strings.TrimRight("> "+strings.TrimRight(line, "\n"), " ") + "\n")
	}
	out.WriteString("\n")
}

func markdown(d prose.Doc) string {
	isOurs := func(src string) bool { return strings.HasPrefix(src, "image:") }
	if slices.ContainsFunc(d.Images(), isOurs) {
		d = d.MapImages(func(src string) string {
			if isOurs(src) {
				return ""
			}
			return src
		})
	}
	return d.Markdown()
}

// markdownLine keeps what is plain text from being read as Markdown.
func markdownLine(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_[]<>#&~|", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// yaml writes the lines of a front matter. What is empty is left out.
type yaml struct{ out *strings.Builder }

func (y yaml) text(key, value string) {
	if value != "" {
		y.out.WriteString(key + ": " + quoteYAML(value) + "\n")
	}
}

func (y yaml) number(key string, n int) {
	if n != 0 {
		fmt.Fprintf(y.out, "%s: %d\n", key, n)
	}
}

func (y yaml) day(key string, t time.Time) {
	if !t.IsZero() {
		y.out.WriteString(key + ": " + t.Format(time.DateOnly) + "\n")
	}
}

func (y yaml) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	y.out.WriteString(key + ":\n")
	for _, v := range values {
		y.out.WriteString("  - " + quoteYAML(v) + "\n")
	}
}

func (y yaml) tags(key string, tags []archive.Tag) {
	var names []string
	for _, t := range tags {
		names = append(names, t.Name)
	}
	if key == "rating" && len(names) == 1 {
		y.text(key, names[0])
		return
	}
	y.list(key, names)
}

// creators are names, with more where there is more to say.
func (y yaml) creators(creators []archive.Creator) {
	if len(creators) == 0 {
		return
	}
	y.out.WriteString("creators:\n")
	for _, c := range creators {
		if c.URL == "" {
			y.out.WriteString("  - " + quoteYAML(c.String()) + "\n")
			continue
		}
		y.out.WriteString("  - name: " + quoteYAML(c.Name) + "\n")
		y.text("    account", c.Account)
		y.text("    url", c.URL)
	}
}

func (y yaml) series(parts []archive.Part) {
	if len(parts) == 0 {
		return
	}
	y.out.WriteString("series:\n")
	for _, p := range parts {
		y.out.WriteString("  - title: " + quoteYAML(p.Series.Title) + "\n")
		if p.Number > 0 {
			fmt.Fprintf(y.out, "    part: %d\n", p.Number)
		}
		y.text("    url", p.Series.URL)
	}
}

// block writes text of several lines as it is. The 2 says how far it is
// indented, so that text may begin with spaces itself.
func (y yaml) block(key, value string) {
	value = strings.TrimRight(value, "\n")
	if value == "" || strings.ContainsFunc(value, isOddInYAML) {
		y.text(key, value)
		return
	}
	y.out.WriteString(key + ": |2-\n")
	for line := range strings.Lines(value + "\n") {
		if line != "\n" {
			y.out.WriteString("  ")
		}
		y.out.WriteString(line)
	}
}

// isOddInYAML reports whether r must be escaped in YAML: what ends a line there
// and nowhere else, and what no file may hold.
func isOddInYAML(r rune) bool {
	return r < ' ' && r != '\n' || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029 || r == 0xfeff || r >= 0xfffe && r <= 0xffff
}

// quoteYAML writes s between double quotes, with the escapes that YAML and
// JSON share.
func quoteYAML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n' || isOddInYAML(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
