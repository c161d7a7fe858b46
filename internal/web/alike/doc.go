// Package alike is the page of works that are like one: each says why, and a
// reader strikes the reasons that do not count.
//
// It is asked for from a work's own page and stands nowhere else. What is struck
// is in the address and is kept nowhere.
package alike
