package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strconv"
	"strings"
)

// ID tells one mend of a document from all others: the same file read again has
// the same ones. Two mends that say exactly the same are one, and are decided
// together. The chapter is no part of it: rules that work before there are
// chapters do not know theirs when they ask.
func (m Mend) ID() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{m.Rule, m.Before, m.After}, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Choices are what a person said about mends: true to apply, false to leave the
// text as it was. They are asked by Mend.ID, then by "rule:" and the rule, then
// by "*"; whatever they do not name is decided by the rule itself. The nil map
// leaves all to the rules.
type Choices map[string]bool

// RefuseAll leaves every text as it was.
func RefuseAll() Choices { return Choices{"*": false} }

// Decide returns m with Applied as a person said, or as the rule proposed. Its
// confidence has two digits from then on, and is of the same tier.
func (c Choices) Decide(m Mend) Mend {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(m.Confidence, 'f', 2, 64), 64) // of a number just printed
	if rounded >= provable && m.Confidence < provable {
		rounded = provable - 0.01
	}
	m.Confidence = rounded
	if c == nil {
		return m
	}
	if yes, ok := c.said(m); ok {
		m.Applied = yes
	} else if c[only] && !c[told+m.ID()] {
		m.Applied = false
	}
	return m
}

// The keys that Among adds.
const (
	only = "only told"
	told = "told:"
)

// Among returns choices that decide the mends that were told as c does, and leave
// off whatever else the rules find. What a person refuses stays in the text, and
// a rule may take it for something else: nobody has asked for that.
func (c Choices) Among(mends []Mend) Choices {
	if len(c) == 0 {
		return c
	}
	among := maps.Clone(c)
	among[only] = true
	for _, m := range mends {
		among[told+m.ID()] = true
	}
	return among
}
