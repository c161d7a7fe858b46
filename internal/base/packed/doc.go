// Package packed keeps many numbers in little room, and sorts them fast: flat
// arrays as bytes and bytes as flat arrays, ascending lists as gaps, columns of 4
// bytes where 8 are not needed, permutations sorted by radix, and the smallest
// few of many without sorting the rest.
//
// It knows nothing of files or of what the numbers mean. What it reads may be
// damaged: it then answers less or wrongly, and never reads beyond.
package packed
