package web

import (
	"ficstead/internal/archive"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

// Short names for what every page here says.

type (
	handler = page.Handler
	link    = page.Link
	told    = page.Told
	tongue  = page.Tongue
)

func public(id int64) string { return address.Number(id) }

func number(n int) string { return words.Number(n) }

func counted(n int, one, many string) string { return words.Counted(n, one, many) }

func titleOf(w archive.Work) string { return words.Title(w) }
