package web

import (
	"ficstead/internal/archive"
	"ficstead/internal/web/address"
	"ficstead/internal/web/words"
)

// Short names for what every part of the site says.

// WorkPath is the address of a work's own page.
func WorkPath(id archive.WorkID) string { return address.Work(id) }

func public(id int64) string { return address.Number(id) }

func number(n int) string { return words.Number(n) }

func counted(n int, one, many string) string { return words.Counted(n, one, many) }

func titleOf(w archive.Work) string { return words.Title(w) }
