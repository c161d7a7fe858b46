package archive

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Tier is how careful a rule is about a mend: "A" is provable, "B" has evidence
// in the same document, "C" is a suggestion that a person must accept.
type Tier string

// The tiers.
const (
	TierA Tier = "A"
	TierB Tier = "B"
	TierC Tier = "C"
)

// provable is how sure a rule must be of what it applies without evidence.
const provable = 0.97

// Tier is that of a mend as its rule proposed it.
func (m Mend) Tier() Tier {
	switch {
	case !m.Applied:
		return TierC
	case m.Confidence >= provable:
		return TierA
	}
	return TierB
}

// Decisions are what a person said about how a work is read. They belong to the
// work and not to a revision of it: a newer copy is read with them too.
type Decisions struct {
	Choices Choices `json:"choices,omitempty"`
	// About are the mends that Choices name by ID, as their rules proposed them:
	// what a person decided can be told even where it is no longer found.
	About map[string]Mend `json:"about,omitempty"`
	// Proposals are of the manuscript that was read last.
	Proposals []Proposal `json:"proposals,omitempty"`
	// Declined are the IDs of proposals that are not to be made again.
	Declined []string `json:"declined,omitempty"`
}

// IsZero reports whether nothing was said and nothing proposed.
func (d Decisions) IsZero() bool {
	return len(d.Choices) == 0 && len(d.About) == 0 && len(d.Proposals) == 0 && len(d.Declined) == 0
}

// Proposed returns m as its rule had it before a person decided.
func (d Decisions) Proposed(m Mend) Mend {
	if known, ok := d.About[m.ID()]; ok {
		m.Applied = known.Applied
		return m
	}
	if _, ok := d.Choices.said(m); ok { // of all its rule did, or of all there is
		const likely = 0.7 // what rules only suggest, they are less sure of
		m.Applied = m.Confidence >= likely
	}
	return m
}

// Decided reports whether a person said what becomes of m.
func (d Decisions) Decided(m Mend) bool {
	_, ok := d.Choices.said(m)
	return ok
}

// said is what was chosen for m, if anything was.
func (c Choices) said(m Mend) (yes, ok bool) {
	for _, key := range [...]string{m.ID(), "rule:" + m.Rule, "*"} {
		if yes, ok = c[key]; ok {
			return yes, ok
		}
	}
	return false, false
}

// Lost lists the mends that were decided one by one, and are not among mends.
func (d Decisions) Lost(mends []Mend) []Mend {
	here := map[string]bool{}
	for _, m := range mends {
		here[m.ID()] = true
	}
	var lost []Mend
	for id, m := range d.About {
		if yes, ok := d.Choices[id]; ok && !here[id] {
			m.Applied = yes
			lost = append(lost, m)
		}
	}
	slices.SortFunc(lost, func(a, b Mend) int {
		return cmp.Or(cmp.Compare(a.Chapter, b.Chapter), cmp.Compare(a.At, b.At), cmp.Compare(a.ID(), b.ID()))
	})
	return lost
}

// ID tells one proposal for a work from all others.
func (p Proposal) ID() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{p.Field, p.Value}, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Chosen is a proposal that a person accepted. Was is what the field said
// before, as far as it said one thing.
type Chosen struct {
	Proposal
	Was string `json:"was,omitempty"`
}

// Reading is how a revision of a work came to be.
type Reading struct {
	Origin int // the revision whose original its text was read from
	Chosen []Chosen
}
