// Package unbroken finds where paragraphs may begin in text that lost them all.
//
// It parts the text where sentences meet as they do between paragraphs: somebody
// else begins to speak, the view turns, a paragraph has become long. What that
// looks like it learnt from novels (go run ./bench/unbroken). The division is a
// help to readers, not what the author wrote.
package unbroken
