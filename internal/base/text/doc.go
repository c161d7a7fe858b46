// Package text counts, folds and compares text, and knows the names of languages.
//
// Words are counted as fans count them. Key makes of a name what it is compared
// and sorted by; Terms makes of a text the words that an index knows. The same
// input gives the same result in every database, because no database does it.
//
// Start reading at Words, Key and Language.
package text
