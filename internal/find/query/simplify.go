package query

import (
	"slices"
	"strings"
)

// Normal returns the expression that all have in common which differ only in
// the order of their parts and in what Simplify does away with.
func Normal(q Q) Q {
	q = Simplify(q)
	for { // what is in order may turn out to be the same twice
		next := Simplify(inOrder(q))
		if next.String() == q.String() {
			return next
		}
		q = next
	}
}

// inOrder puts the parts of every And and Or in the order of their spelling.
func inOrder(q Q) Q {
	sorted := func(parts []Q) []Q {
		made := make([]Q, len(parts))
		for i, part := range parts {
			made[i] = inOrder(part)
		}
		slices.SortFunc(made, func(a, b Q) int { return strings.Compare(a.String(), b.String()) })
		return made
	}
	switch q := q.(type) {
	case And:
		return And(sorted(q))
	case Or:
		return Or(sorted(q))
	case Not:
		return Not{inOrder(q.Q)}
	}
	return q
}

// Simplify returns an expression with the same answer: constants folded,
// nothing negated twice, no And in an And nor Or in an Or, no part twice.
func Simplify(q Q) Q {
	switch q := q.(type) {
	case Not:
		return negate(Simplify(q.Q))
	case And:
		return simplifyAll(q, true)
	case Or:
		return simplifyAll(q, false)
	}
	return q
}

// simplifyAll simplifies the parts of an And or Or. A constant part either says
// nothing or decides the whole.
func simplifyAll(parts []Q, and bool) Q {
	unit := Const(and)
	var kept []Q
	seen := map[string]bool{}
	for _, q := range parts {
		for _, q := range flatten(Simplify(q), and) {
			if c, ok := q.(Const); ok && c != unit {
				return c
			}
			if s := q.String(); q != Q(unit) && !seen[s] {
				seen[s] = true
				kept = append(kept, q)
			}
		}
	}
	if len(kept) == 0 {
		return unit
	}
	return gather(kept, and)
}

// gather makes one expression of its parts: nil of none.
func gather(parts []Q, and bool) Q {
	if len(parts) == 0 {
		return nil
	}
	if len(parts) == 1 {
		return parts[0]
	}
	var flat []Q
	for _, q := range parts {
		flat = append(flat, flatten(q, and)...)
	}
	if and {
		return And(flat)
	}
	return Or(flat)
}

// flatten returns the parts of q if q is of the same operator, else q itself.
func flatten(q Q, and bool) []Q {
	switch q := q.(type) {
	case And:
		if and {
			return q
		}
	case Or:
		if !and {
			return q
		}
	}
	return []Q{q}
}

func negate(q Q) Q {
	switch q := q.(type) {
	case Not:
		return q.Q
	case Const:
		return !q
	}
	return Not{q}
}
