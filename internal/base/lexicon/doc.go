// Package lexicon knows how likely English words are, and pairs of them.
//
// It answers three questions about folded words (small letters, the straight
// apostrophe): is this a word, how common is it, and do these two stand side by
// side? The tables hold no words but their hashes, sorted and coded by their
// distances: a question that should be answered "no" is answered "yes" once in
// 20,000 times for a word and once in 10,000 for a pair, which those who ask
// must be able to bear. They are embedded, unpacked when somebody first asks,
// and made by the command in bench/lexicon, which names their sources; NOTICE
// holds the terms of those.
//
// Start reading at English.
package lexicon
