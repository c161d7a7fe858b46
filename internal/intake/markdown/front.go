package markdown

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// cutFront parts the YAML block at the start of s from the text. The front is
// "" if there is none, and a rule between two lines of dashes is none.
func cutFront(s string) (front, body string) {
	trimmed := strings.TrimLeft(s, "\n\t \uFEFF")
	rest, ok := strings.CutPrefix(trimmed, "---\n")
	if !ok {
		return "", s
	}
	end := 0
	for line := range strings.Lines(rest[:min(len(rest), bounds.FrontMatter)]) {
		if mark := strings.TrimRight(line, " \t\n"); mark == "---" || mark == "..." {
			front = rest[:end]
			if !isMapping(front) {
				return "", s
			}
			return front, rest[end+len(line):]
		}
		end += len(line)
	}
	return "", s
}

// isMapping reports whether front is YAML with keys.
func isMapping(front string) bool {
	var node yaml.Node
	err := yaml.Unmarshal([]byte(front), &node)
	return err == nil && len(node.Content) == 1 && node.Content[0].Kind == yaml.MappingNode
}

// readFront fills m from a block of metadata. Values of a wrong type are read
// as well as they can be; keys we do not know are told. It returns the number
// of chapters, 0 if it is not told.
func readFront(m *archive.Manuscript, front string) (chapters int) {
	var node yaml.Node
	if yaml.Unmarshal([]byte(front), &node) != nil {
		return 0
	}
	pairs := node.Content[0].Content
	var unknown []string
	for i := 0; i+1 < len(pairs); i += 2 {
		key := strings.ToLower(strings.ReplaceAll(pairs[i].Value, "-", "_"))
		read, ok := keys[key]
		switch {
		case key == "chapters":
			chapters = number(pairs[i+1])
		case ok:
			read(m, pairs[i+1])
		default:
			unknown = append(unknown, pairs[i].Value)
		}
	}
	if len(unknown) > 0 {
		m.Warnings = append(m.Warnings, fmt.Sprintf("The file says more about the work than was understood: %s.", strings.Join(unknown, ", ")))
	}
	return chapters
}

// keys are what a block may say, as we write it and as others do.
var keys = map[string]func(*archive.Manuscript, *yaml.Node){
	"title":            func(m *archive.Manuscript, n *yaml.Node) { m.Title = scalar(n) },
	"creators":         readCreators,
	"creator":          readCreators,
	"authors":          readCreators,
	"author":           readCreators,
	"by":               readCreators,
	"gifted_to":        readRecipients,
	"recipients":       readRecipients,
	"recipient":        readRecipients,
	"language":         readLanguage,
	"lang":             readLanguage,
	"rating":           readRating,
	"warnings":         tags(archive.Warning),
	"warning":          tags(archive.Warning),
	"archive_warnings": tags(archive.Warning),
	"categories":       tags(archive.Category),
	"category":         tags(archive.Category),
	"fandoms":          tags(archive.Fandom),
	"fandom":           tags(archive.Fandom),
	"relationships":    tags(archive.Relationship),
	"relationship":     tags(archive.Relationship),
	"pairings":         tags(archive.Relationship),
	"pairing":          tags(archive.Relationship),
	"characters":       tags(archive.CharacterTag),
	"character":        tags(archive.CharacterTag),
	"tags":             tags(archive.Freeform),
	"tag":              tags(archive.Freeform),
	"additional_tags":  tags(archive.Freeform),
	"keywords":         tags(archive.Freeform),
	"genre":            tags(archive.Freeform),
	"genres":           tags(archive.Freeform),
	"series":           readSeries,
	"collections":      func(m *archive.Manuscript, n *yaml.Node) { m.Collections = list(n) },
	"summary":          func(m *archive.Manuscript, n *yaml.Node) { m.Summary = markdownDoc(n) },
	"description":      func(m *archive.Manuscript, n *yaml.Node) { m.Summary = markdownDoc(n) },
	"notes":            func(m *archive.Manuscript, n *yaml.Node) { m.Notes = markdownDoc(n) },
	"end_notes":        func(m *archive.Manuscript, n *yaml.Node) { m.EndNotes = markdownDoc(n) },
	"endnotes":         func(m *archive.Manuscript, n *yaml.Node) { m.EndNotes = markdownDoc(n) },
	"published":        func(m *archive.Manuscript, n *yaml.Node) { m.Posted = date(n) },
	"posted":           func(m *archive.Manuscript, n *yaml.Node) { m.Posted = date(n) },
	"date":             func(m *archive.Manuscript, n *yaml.Node) { m.Posted = date(n) },
	"updated":          func(m *archive.Manuscript, n *yaml.Node) { m.Updated = date(n) },
	"complete":         readComplete,
	"completed":        readComplete,
	"status":           readComplete,
	"chapters_planned": func(m *archive.Manuscript, n *yaml.Node) { m.ChaptersPlanned = number(n) },
	"words":            func(m *archive.Manuscript, n *yaml.Node) { m.WordsClaimed = number(n) },
	"source_url":       readSource,
	"source":           readSource,
	"url":              readSource,
	"layout":           ignore,
	"draft":            ignore,
}

func ignore(*archive.Manuscript, *yaml.Node) {}

// scalar is the text of a value; that of a list is its items with commas.
func scalar(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return strings.TrimSpace(n.Value)
	}
	return strings.Join(list(n), ", ")
}

// list is the texts of a list, or of a single value.
func list(n *yaml.Node) []string {
	var items []string
	switch n.Kind {
	case yaml.SequenceNode:
		for _, c := range n.Content {
			if s := name(c); s != "" {
				items = append(items, s)
			}
		}
	case yaml.ScalarNode, yaml.MappingNode:
		if s := name(n); s != "" {
			items = append(items, s)
		}
	}
	return items
}

// name is a value, or the name or title of a mapping.
func name(n *yaml.Node) string {
	if n.Kind == yaml.MappingNode {
		return field(n, "name") + field(n, "title")
	}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// field is one value of a mapping; "" if it is not there.
func field(n *yaml.Node, key string) string {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if strings.EqualFold(n.Content[i].Value, key) && n.Content[i+1].Kind == yaml.ScalarNode {
			return strings.TrimSpace(n.Content[i+1].Value)
		}
	}
	return ""
}

// tags reads the tags of one kind. In a single value they are parted by
// commas; items of a list may have commas in them.
func tags(kind archive.Kind) func(*archive.Manuscript, *yaml.Node) {
	return func(m *archive.Manuscript, n *yaml.Node) {
		items := list(n)
		if n.Kind == yaml.ScalarNode && len(items) == 1 {
			items = strings.Split(items[0], ",")
		}
		for _, item := range items {
			if item = strings.TrimSpace(item); item != "" {
				m.Tags = append(m.Tags, archive.Tag{Kind: kind, Name: item})
			}
		}
	}
}

func readRating(m *archive.Manuscript, n *yaml.Node) {
	for _, r := range list(n) {
		m.Tags = append(m.Tags, archive.Tag{Kind: archive.Rating, Name: r})
	}
}

var withAccount = regexp.MustCompile(`^(.+\S)\s+\(([^()]+)\)$`)

// readCreators reads names, "pseud (account)" and mappings with name, account and url.
func readCreators(m *archive.Manuscript, n *yaml.Node) {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	for _, c := range nodes {
		is := archive.Creator{Name: name(c), Account: field(c, "account"), URL: field(c, "url")}
		if p := withAccount.FindStringSubmatch(is.Name); p != nil && is.Account == "" {
			is.Name, is.Account = p[1], p[2]
		}
		if is.Name != "" {
			m.Creators = append(m.Creators, is)
		}
	}
}

func readRecipients(m *archive.Manuscript, n *yaml.Node) {
	m.Recipient = append(m.Recipient, list(n)...)
}

func readLanguage(m *archive.Manuscript, n *yaml.Node) { m.Language = text.Language(scalar(n)) }

// readSeries reads titles, and mappings with title, part and url.
func readSeries(m *archive.Manuscript, n *yaml.Node) {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	for _, c := range nodes {
		p := archive.Part{Series: archive.Series{Title: name(c), URL: field(c, "url")}}
		for _, key := range []string{"part", "number", "position", "index"} {
			if n, err := strconv.Atoi(field(c, key)); err == nil && p.Number == 0 {
				p.Number = n
			}
		}
		if p.Series.Title != "" {
			m.Series = append(m.Series, p)
		}
	}
}

// markdownDoc reads a value that is Markdown itself.
func markdownDoc(n *yaml.Node) prose.Doc {
	return prose.Parse(render(scalar(n)))
}

func date(n *yaml.Node) time.Time {
	for _, form := range []string{time.DateOnly, time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05", "2 January 2006", "January 2, 2006"} {
		if t, err := time.Parse(form, scalar(n)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

func number(n *yaml.Node) int {
	i, _ := strconv.Atoi(strings.ReplaceAll(scalar(n), ",", ""))
	return max(0, i)
}

func readComplete(m *archive.Manuscript, n *yaml.Node) {
	switch strings.ToLower(scalar(n)) {
	case "true", "yes", "complete", "completed", "finished", "1":
		m.Complete = true
	}
}

func readSource(m *archive.Manuscript, n *yaml.Node) {
	u, err := url.Parse(scalar(n))
	if err != nil || u.Host == "" {
		return
	}
	m.Source.URL = u.String()
	m.Source.Site = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
