package docx

import (
	"strconv"
	"strings"

	"ficstead/internal/base/paper"
	"ficstead/internal/base/xmltree"
)

// level is how one level of a list is counted.
type level struct {
	format string // "bullet", "decimal", "none" …
	text   string // such as "Chapter %1"
	start  int
}

const levels = 9

type numbering struct {
	styles styles
	lists  map[string]*counter // by number of the list
}

// counter counts the items of a list. Lists of the same kind share one.
type counter struct {
	id     string
	levels [levels]level
	count  [levels]int
	begun  [levels]bool
}

func readNumbering(root *xmltree.Node, s styles) *numbering {
	nb := &numbering{s, map[string]*counter{}}
	sheet := root.Child("w:numbering")
	if sheet == nil {
		return nb
	}
	kinds := map[string]*xmltree.Node{}
	for _, n := range sheet.Nodes {
		if n.Name == "w:abstractNum" {
			kinds[n.Attr("w:abstractNumId")] = n
		}
	}
	for _, n := range sheet.Nodes {
		if n.Name != "w:num" {
			continue
		}
		kind := kinds[n.Child("w:abstractNumId").Attr("w:val")]
		if link := kind.Child("w:numStyleLink").Attr("w:val"); link != "" {
			for _, k := range kinds {
				if k.Child("w:styleLink").Attr("w:val") == link {
					kind = k
				}
			}
		}
		id := n.Attr("w:numId")
		c := &counter{id: id}
		c.read(kind)
		for _, o := range n.Nodes {
			if o.Name == "w:lvlOverride" {
				c.override(o)
			}
		}
		nb.lists[id] = c
	}
	return nb
}

func (c *counter) read(kind *xmltree.Node) {
	for i := range c.levels {
		c.levels[i] = level{format: "none", start: 1}
	}
	if kind == nil {
		return
	}
	for _, n := range kind.Nodes {
		if n.Name == "w:lvl" {
			c.readLevel(n)
		}
	}
}

func (c *counter) readLevel(n *xmltree.Node) {
	i, err := strconv.Atoi(n.Attr("w:ilvl"))
	if err != nil || i < 0 || i >= levels {
		return
	}
	l := level{n.Child("w:numFmt").Attr("w:val"), n.Child("w:lvlText").Attr("w:val"), 1}
	if l.format == "" {
		l.format = "decimal"
	}
	if start, err := strconv.Atoi(n.Child("w:start").Attr("w:val")); err == nil {
		l.start = start
	}
	c.levels[i] = l
}

func (c *counter) override(o *xmltree.Node) {
	if lvl := o.Child("w:lvl"); lvl != nil {
		c.readLevel(lvl)
	}
	i, err := strconv.Atoi(o.Attr("w:ilvl"))
	start, err2 := strconv.Atoi(o.Child("w:startOverride").Attr("w:val"))
	if err == nil && err2 == nil && i >= 0 && i < levels {
		c.levels[i].start = start
	}
}

// place finds the list and level of a paragraph: by hand, or by its style.
func (nb *numbering) place(props *xmltree.Node, st *style) (*counter, int) {
	own := props.Child("w:numPr")
	id, ok := own.Child("w:numId").Lookup("w:val")
	lvl := own.Child("w:ilvl").Attr("w:val")
	for _, at := range st.chain {
		n := nb.styles.byID[at].props.Child("w:pPr", "w:numPr")
		if n == nil {
			continue
		}
		if !ok {
			id, ok = n.Child("w:numId").Lookup("w:val")
		}
		if lvl == "" {
			lvl = n.Child("w:ilvl").Attr("w:val")
		}
	}
	i, _ := strconv.Atoi(lvl)
	c := nb.lists[id]
	if c == nil || i < 0 || i >= levels {
		return nil, 0
	}
	return c, i
}

// next counts one item further.
func (c *counter) next(i int) int {
	if !c.begun[i] {
		c.begun[i], c.count[i] = true, c.levels[i].start-1
	}
	c.count[i]++
	for j := i + 1; j < levels; j++ {
		c.begun[j] = false
	}
	return c.count[i]
}

// item makes an item of a paragraph, or returns nil.
func (c *counter) item(i int) *paper.Item {
	l := c.levels[i]
	if l.format == "none" {
		return nil
	}
	n := c.next(i)
	return &paper.Item{List: c.id, Level: i, Ordered: l.format != "bullet", Number: n}
}

// label is the number of a heading as Word prints it: "Chapter 3".
func (c *counter) label(i int) string {
	l := c.levels[i]
	if l.format == "bullet" || l.format == "none" {
		return ""
	}
	c.next(i)
	label := l.text
	for j := range levels {
		n := c.count[j]
		if !c.begun[j] {
			n = c.levels[j].start
		}
		label = strings.ReplaceAll(label, "%"+strconv.Itoa(j+1), spell(n, c.levels[j].format))
	}
	return strings.TrimSpace(label)
}

// spell writes a number as a list wants it.
func spell(n int, format string) string {
	if n <= 0 || n > 3000 {
		return strconv.Itoa(n)
	}
	switch format {
	case "lowerLetter":
		return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
	case "upperLetter":
		return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "cardinalText", "ordinalText":
		if words := strings.Fields("One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen Twenty"); n <= len(words) && format == "cardinalText" {
			return words[n-1]
		}
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}
