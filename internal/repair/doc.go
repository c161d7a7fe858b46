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
// Start reading at text.go and document.go, which list the rules. A rule is one
// file and a folder of the same name in testdata, the museum: damaged specimens
// and, as important, good ones that look damaged. To add a rule, write its
// specimens first, then add it to one of the two lists.
package repair
