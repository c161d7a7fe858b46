package archive

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// TagRule says what becomes of one entry of an old archive's lists: of its
// category "Bill/Bob", say, a relationship of that name. An entry may have
// several rules, and becomes several tags.
type TagRule struct {
	List string // "category", "character", "class", "rating", "warning", "genre", "challenge"
	ID   string // at the old archive
	Old  string // its name there
	Kind string // of tags as Kind.String has it, or "collection", or "none" to leave it out
	Name string
}

// The words for Kind that are no kinds of tags.
const (
	RuleCollection = "collection"
	RuleNone       = "none"
)

var tagRuleHeader = []string{"list", "id", "old name", "kind", "name"}

// TagRules are the rules for a whole archive.
type TagRules []TagRule

// CSV prints rules for people to edit with a spreadsheet.
func (rules TagRules) CSV() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(tagRuleHeader)
	for _, r := range rules {
		_ = w.Write([]string{r.List, r.ID, r.Old, r.Kind, r.Name})
	}
	w.Flush()
	return b.Bytes()
}

// ParseTagRules reads what CSV prints, separated by commas, semicolons or tabs as
// spreadsheets like it. An error is a Refusal that names the line.
func ParseTagRules(data []byte) (TagRules, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	head, _, _ := bytes.Cut(data, []byte("\n"))
	for _, c := range ";\t" {
		if bytes.Count(head, []byte(string(c))) >= len(tagRuleHeader)-1 {
			r.Comma = c
		}
	}
	var rules TagRules
	for first := true; ; first = false {
		row, err := r.Read()
		if err == io.EOF {
			return rules, nil
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			return nil, Refusal(fmt.Sprintf("The list of tags cannot be read (%v). It is CSV with the columns list, id, old name, kind, name.", err))
		}
		if first && strings.EqualFold(strings.TrimSpace(row[0]), tagRuleHeader[0]) || len(row) == 1 && strings.TrimSpace(row[0]) == "" {
			continue
		}
		rule, err := parseTagRule(row, line)
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
}

func parseTagRule(row []string, line int) (TagRule, error) {
	if len(row) < len(tagRuleHeader) {
		return TagRule{}, Refusal(fmt.Sprintf("Line %d of the list of tags has %d columns; it needs list, id, old name, kind, name.", line, len(row)))
	}
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	rule := TagRule{List: strings.ToLower(row[0]), ID: row[1], Old: row[2], Kind: strings.ToLower(row[3]), Name: row[4]}
	if _, ok := ParseKind(rule.Kind); !ok && rule.Kind != RuleCollection && rule.Kind != RuleNone {
		return TagRule{}, Refusal(fmt.Sprintf("Line %d of the list of tags has the kind “%s”. Use rating, warning, category, fandom, relationship, character, tag, collection or none.", line, rule.Kind))
	}
	if rule.Name == "" {
		rule.Name = rule.Old
	}
	return rule, nil
}
