package query

import (
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"  ", ""},
		{"tea", "tea"},
		{"tea fluff", "tea fluff"},
		{"tea AND fluff", "tea fluff"},
		{"tea OR fluff", "tea OR fluff"},
		{"tea | fluff || angst", "tea OR fluff OR angst"},
		{"tea OR fluff -angst", "tea OR fluff -angst"},
		{"(tea OR fluff) angst", "(tea OR fluff) angst"},
		{"((tea) (fluff))", "tea fluff"},
		{"tea or fluff", "tea or fluff"},
		{"-(tea OR fluff)", "-(tea OR fluff)"},
		{"NOT tea", "-tea"},
		{"--tea", "tea"},
		{"---tea", "-tea"},
		{"post-war", "post-war"},
		{"a - b", "a b"},
		{`"a phrase"`, `"a phrase"`},
		{`“a  phrase”`, `"a phrase"`},
		{`„so eine“ «et ça»`, `"so eine" "et ça"`},
		{`"say \"hi\" \\ \x"`, `"say \"hi\" \\ \\x"`},
		{`"" tea`, `tea`},
		{"fandom:Sherlock", "fandom:Sherlock"},
		{`fandom: "Sherlock (TV)"`, `fandom:"Sherlock (TV)"`},
		{`ship:"A/B"`, `relationship:A/B`},
		{`Author:me`, `creator:me`},
		{`title:"one"`, `title:"one"`},
		{`title:one`, `title:one`},
		{`tag:"OR"`, `tag:OR`},
		{`"OR"`, `"OR"`},
		{"words:>1000", "words:>1000"},
		{"words:>999", "words:1000.."},
		{"words:1000-5000", "words:1000-5000"},
		{"words:5000-1000", "words:1000-5000"},
		{"words:10k", "words:10000"},
		{"words:10k..", "words:10000.."},
		{"words:<=1.5k", "words:..1500"},
		{"words:1,500", "words:1500"},
		{"kudos:0", "kudos:0"},
		{"updated:2024", "updated:2024"},
		{"updated:2024-02", "updated:2024-02"},
		{"updated:2024-02-01..2024-02-29", "updated:2024-02"},
		{"updated:2020..2023", "updated:2020..2023"},
		{"updated:2020-2023", "updated:2020..2023"},
		{"updated:2023..2020", "updated:2020..2023"},
		{"posted:2020-03..2021", "posted:2020-03..2021"},
		{"posted:2020..", "posted:>2019-12-31"},
		{"updated:>2024-01-01", "updated:>2024-01-01"},
		{"updated:<2024", "updated:<2024-01-01"},
		{"updated:<30d", "updated:<30d"},
		{"updated:>1y", "updated:>365d"},
		{"updated:1w..3w", "updated:7d..21d"},
		{"complete:yes crossover:N restricted:FALSE", "complete:yes crossover:no restricted:no"},
		{"lang:English", "lang:English"},
		{`focus:"A/B"`, "focus:A/B"},
		{"main:Ines", "focus:Ines"},
		{"otp:yes", "otp:yes"},
		{"otp:OFF", "otp:no"},
		{`otp:"A & B"`, `otp:yes relationship:"A & B"`},
		{`-otp:A/B tea`, `-(otp:yes relationship:A/B) tea`},
		{`tea OR otp:A/B`, `tea OR otp:yes relationship:A/B`},
		{"text:lant*", "text:lant*"},
		{`text:"lant*"`, `text:"lant*"`},
		{"sort:loved", "sort:loved"},
		{"in:shelf status:reading", "in:shelf status:reading"},
		{`text:"once upon"`, `text:"once upon"`},
		{"tea sort:kudos", "tea sort:kudos"},
		{"sort:words dir:asc tea", "tea sort:words dir:asc"},
		{"()", ""},
		{"-()", "-()"},
	} {
		q, problems := Parse(test.in)
		if q.String() != test.want || len(problems) > 0 {
			t.Errorf("Parse(%q) = %s, %v; want %s", test.in, q, problems, test.want)
		}
		again, _ := Parse(q.String())
		if !reflect.DeepEqual(again, q) {
			t.Errorf("%q reads as %#v, which spells %q, which reads as %#v", test.in, q, q, again)
		}
	}
}

func TestParseTellsProblems(t *testing.T) {
	for _, test := range []struct{ in, want, problem string }{
		{"focus:", "", "“focus:” has nothing behind it"},
		{"otp: tea)", "otp:yes relationship:tea", "closing parenthesis"},
		{"(tea", "tea", "A parenthesis is never closed"},
		{"tea)", "tea", "closing parenthesis has no opening one"},
		{"tea) fluff", "tea fluff", "closing parenthesis"},
		{`"tea`, `"tea"`, "never closed"},
		{"fandom: OR tea", "tea", "“fandom:” has nothing behind it"},
		{"tea fandom:", "tea", "“fandom:” has nothing behind it"},
		{"words:many tea", "tea", "“words:many” is not a number or range"},
		{"words:<0", "", "words:<0"},
		{"words:1.5", "", "not a number"},
		{"words:-5", "", "not a number"},
		{"words:5-", "", "not a number"},
		{"updated:soon", "", "“updated:soon” is not a date"},
		{"updated:2024-13", "", "not a date"},
		{"updated:<0d", "", "not a date"},
		{"updated:>9999", "", "not a date"},
		{"complete:maybe", "", "complete:yes or complete:no"},
		{"in:bed tea", "tea", "only in:shelf"},
		{"sort:luck", "", "“sort:luck” is no order"},
		{"dir:up", "", "dir:asc or dir:desc"},
		{"Re:Zero", "Re:Zero", "There is no field “Re”; “Re:Zero” was looked up as words."},
		{strings.Repeat("(", 30) + "a" + strings.Repeat(")", 30) + " b", "a b", "24 deep"},
		{strings.Repeat("x ", 300), strings.TrimSpace(strings.Repeat("x ", 100)), "more than 100 parts"},
	} {
		q, problems := Parse(test.in)
		if q.String() != test.want {
			t.Errorf("Parse(%q) = %s; want %s", test.in, q, test.want)
		}
		if len(problems) != 1 || !strings.Contains(problems[0].Message, test.problem) || problems[0].Field != "q" {
			t.Errorf("Parse(%q) tells %v; want %q", test.in, problems, test.problem)
		}
	}
}

func TestParseBounds(t *testing.T) {
	for _, in := range []string{
		strings.Repeat("a", 10_000),
		strings.Repeat("(", 10_000),
		strings.Repeat("-(", 2_000) + "a",
		strings.Repeat("-", 10_000) + "a",
		strings.Repeat(`"`, 10_000),
		strings.Repeat("魔", 5_000),
		"\xff\xfe tea \x00",
		"words:" + strings.Repeat("9", 400),
		"updated:99999999999d",
	} {
		q, _ := Parse(in)
		if n := len(q.String()); n > 3*maxLength {
			t.Errorf("Parse(%.20q…) spells %d bytes", in, n)
		}
	}
}

func TestParseTellsOnlySoMuch(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		b.WriteString("words:x" + strings.Repeat("y", i%7) + string(rune('a'+i%26)) + " ")
	}
	if _, problems := Parse(b.String()); len(problems) != maxProblems {
		t.Errorf("%d problems are told, want %d", len(problems), maxProblems)
	}
}

func TestSimplify(t *testing.T) {
	a, b := Words{Text: "a"}, Words{Text: "b"}
	for _, test := range []struct{ in, want Q }{
		{Not{Not{a}}, a},
		{Not{Const(true)}, Const(false)},
		{And{}, Const(true)},
		{Or{}, Const(false)},
		{And{a, Const(true)}, a},
		{And{a, Const(false)}, Const(false)},
		{Or{a, Const(true)}, Const(true)},
		{Or{a, Const(false)}, a},
		{And{a, a}, a},
		{And{a, And{b, a}}, And{a, b}},
		{Or{Or{a, b}, And{a}}, Or{a, b}},
		{And{a, Not{Or{}}}, a},
		{Not{And{Or{}, a}}, Const(true)},
	} {
		if got := Simplify(test.in); !reflect.DeepEqual(got, test.want) {
			t.Errorf("Simplify(%s) = %#v, want %#v", test.in, got, test.want)
		}
	}
}

func TestNormal(t *testing.T) {
	for in, want := range map[string]string{
		"tea":                            "tea",
		"tea moon":                       "moon tea",
		"(moon tea) tea":                 "moon tea",
		"tea OR -(stars moon) OR () -()": "-(moon stars) OR tea",
		"b (d OR c) a":                   "a b (c OR d)",
		"c ((a b) OR (b a))":             "a b c",
		"words:<=10k words:>999":         "words:..10000 words:1000..",
	} {
		q, _ := Parse(in)
		normal := Normal(q.Q)
		if normal.String() != want || !reflect.DeepEqual(Normal(normal), normal) {
			t.Errorf("%s is normally %s, want %s", in, normal, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`tea OR (fluff -angst) "a phrase" sort:kudos dir:asc`,
		`fandom:"Sherlock (TV)" ship:"A/B" words:1000-5000 updated:<30d`,
		`posted:2020-03..2021 kudos:>10k lang:de in:shelf -(a OR -(b c))`,
		`((((a)) OR "x\"y\\z" | - -) fandom: title:-x Re:Zero`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		q, _ := Parse(in)
		spelled := q.String()
		if len(spelled) > maxLength {
			return
		}
		again, problems := Parse(spelled)
		if !reflect.DeepEqual(again, q) {
			t.Fatalf("%q reads as %#v, which spells %q, which reads as %#v, %v", in, q, spelled, again, problems)
		}
		simple := Simplify(q.Q)
		if !reflect.DeepEqual(Simplify(simple), simple) {
			t.Fatalf("%q: simplified twice is not simplified once", in)
		}
		normal := Normal(q.Q)
		if back, _ := Parse(Query{Q: normal}.String()); !reflect.DeepEqual(back.Q, normal) || !reflect.DeepEqual(Normal(normal), normal) {
			t.Fatalf("%q: its normal form %q is none", in, normal)
		}
		if back, _ := Parse(Query{Q: simple}.String()); !reflect.DeepEqual(back.Q, simple) {
			t.Fatalf("%q: simplified, it spells %q, which reads as %#v", in, simple, back.Q)
		}
	})
}
