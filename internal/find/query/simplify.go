package query

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
