// Package signs reads in a line of text what is left of its markup and quotes.
//
// It is the part of repair that knows letters and signs and nothing of documents:
// Read lists the Changes that a text calls for, repair decides them, and Make makes
// them in the block that the text is of. A Change is one place, or one pair of places, and stands for itself: it is told,
// refused and undone without the others. All of them are found in the same text,
// so none depends on what becomes of another.
//
// Most signs have other uses, so each is weighed against Evidence, which is what
// the whole document says. Start reading at signs.go, which lists the readers: a
// reader is one file. emphasis.go and spans.go are for _so_, *so*, /so/, i So/i and
// iSo/i; tags.go for <i>so</i> and [i]so[/i]; entities.go for &mdash; and mdash;;
// quotes.go for don?t and ?Hello,? she said;
// invisible.go and misread.go for the rest.
package signs
