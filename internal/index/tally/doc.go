// Package tally counts the tags of works that were found, exactly.
//
// Going through the works costs about 10 ns a work, which for millions of them
// is too much. Hence a Table, made with a base segment, which knows counts of
// large sets beforehand: of common tags, of combinations of rating, category,
// warning, language and the like, and of ranges of dates and lengths. What was
// found is then compared with the smallest known set around it, and only the
// difference between the two is gone through.
package tally
