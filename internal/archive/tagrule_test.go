package archive

import (
	"slices"
	"strings"
	"testing"
)

func TestTagRulesRoundTrip(t *testing.T) {
	rules := TagRules{
		{List: "category", ID: "6", Old: "Bill/Bob", Kind: "relationship", Name: "Bill/Bob"},
		{List: "class", ID: "24", Old: `PWP - "Plot, What Plot?"`, Kind: "tag", Name: "PWP"},
		{List: "challenge", ID: "1", Old: "Ten Lines", Kind: RuleCollection, Name: "Ten Lines"},
		{List: "class", ID: "9", Old: "Misc", Kind: RuleNone, Name: "Misc"},
	}
	got, err := ParseTagRules(rules.CSV())
	if err != nil || !slices.Equal(got, rules) {
		t.Errorf("got %v, %v; want %v", got, err, rules)
	}
	for _, sep := range []string{";", "\t"} {
		text := "\xef\xbb\xbf" + strings.Join([]string{"List", "ID", "Old name", "Kind", "Name"}, sep) + "\r\n" +
			strings.Join([]string{"Class", "3", "Angst", "Tag", ""}, sep) + "\r\n\r\n"
		got, err := ParseTagRules([]byte(text))
		want := TagRules{{List: "class", ID: "3", Old: "Angst", Kind: "tag", Name: "Angst"}}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: got %v, %v; want %v", sep, got, err, want)
		}
	}
}

func TestTagRulesAreRefusedByLine(t *testing.T) {
	for text, want := range map[string]string{
		"class,3,Angst,mood,Angst":              "Line 1",
		"list,id,old name,kind,name\nclass,3,A": "Line 2",
		"class,3,\"a\"\x00b":                    "columns",
	} {
		if _, err := ParseTagRules([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q in it", text, err, want)
		}
	}
}

func TestMergeFindings(t *testing.T) {
	var all []Finding
	for i := range 50 {
		all = MergeFindings(all, Finding{"loss", "missing text", "Gone.", []string{strings.Repeat("x", i+1)}, 1})
	}
	all = MergeFindings(all, Finding{"note", "missing text", "Gone.", nil, 3})
	if len(all) != 2 || all[0].Count != 50 || len(all[0].Where) != 20 || all[0].Where[19] != strings.Repeat("x", 20) || all[1].Count != 3 {
		t.Errorf("got %+v", all)
	}
}
