// Package madeup holds made-up works for the gallery of pages, chosen to show
// where pages break: empty, long, right to left, hostile.
package madeup
