// Package unfuse finds words that were run together: "andlover" where "and
// lover" was written, "Ibeggedher" where tags went and took the spaces.
//
// A document is first read whole: Reader counts what it says of itself, namely
// the words that no dictionary has and how many tokens are surely fused.
// Text.Points then finds the places in one text, and Spans what stood between
// two tags that were stripped. Nothing is changed here; each answer carries how
// sure it is, and those who ask decide.
//
// A token is weighed only if no dictionary has it. It is cut where the words
// are likeliest (Viterbi, over the frequencies of words and pairs and the kinds
// of words), with the words beside it; and then the best cut must beat the
// second, and beat that it is one word: a name, a coinage, a compound.
//
// Start reading at Reader, then weigh.
package unfuse
