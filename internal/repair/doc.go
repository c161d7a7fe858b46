// Package repair mends damaged text, and says what it mended.
//
// Stage 2 of intake → repair → catalogue → store → index → find → export.
//
// Damage is ordinary input here, so it is a value, an archive.Mend, and never
// an error: no function of this package fails. What it must not do is harm
// good text, so each rule belongs to one of three tiers:
//
//	A  applied: the edit is provable, or its detector is silent on clean fiction
//	B  applied only where the same document shows the pattern (three cases, a
//	   regular place, an alphabet of its own)
//	C  told and not applied: a Mend with Applied false, for a person to judge
//
// Four doors, in the order of the road: Decode (bytes to characters), Text
// (lines to paragraphs, before a text file is read), Doc (the prose of one
// chapter) and Manuscript (Doc on all chapters, and where each mend stands in
// the source). Mending what is mended changes nothing.
//
// Each door takes archive.Choices, and every rule asks them before it acts. A
// refusal leaves exactly its place; refusing all mends that were told gives what
// came in, given choices that keep off what was not told (Choices.Among).
//
// At counts code points of the decoded source, to where Before begins as a reader
// sees it: tags, entities and white space are what they mean. Where the words
// around a mend are marked up otherwise it is where the damage itself begins. In
// books, which have no one source, it is 0.
//
// Package decode is the first door; package signs reads what is within a line.
//
// Start reading at text.go and document.go, which list the rules. A rule is one
// file and a folder of the same name in testdata, the museum: damaged specimens
// and, as important, good ones that look damaged. To add a rule, write its
// specimens first, then add it to one of the two lists.
package repair
