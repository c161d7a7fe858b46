package vocabulary

// pageLen is how many values are copied when one changes.
const pageLen = 1024

// pages hold a value for each tag, by its number. Numbers that are far apart cost
// a pointer for each page between them. Pages are shared and never changed.
type pages[T any] []*[pageLen]T

// at returns value i, the zero value if there is none.
func (p pages[T]) at(i uint32) T {
	if n := i / pageLen; int(n) < len(p) && p[n] != nil {
		return p[n][i%pageLen]
	}
	var zero T
	return zero
}

// each calls f for the pages that there are.
func (p pages[T]) each(f func(first uint32, page *[pageLen]T)) {
	for n, page := range p {
		if page != nil {
			f(uint32(n)*pageLen, page)
		}
	}
}

// pagesEdit is pages in the making.
type pagesEdit[T any] struct {
	pages[T]
	own map[uint32]bool // pages that no other version has
}

func (p pages[T]) edit() *pagesEdit[T] {
	return &pagesEdit[T]{append(pages[T](nil), p...), map[uint32]bool{}}
}

func (e *pagesEdit[T]) set(i uint32, value T) {
	n := i / pageLen
	if int(n) >= len(e.pages) {
		e.pages = append(e.pages, make(pages[T], int(n)+1-len(e.pages))...)
	}
	if !e.own[n] {
		page := new([pageLen]T)
		if e.pages[n] != nil {
			*page = *e.pages[n]
		}
		e.pages[n], e.own[n] = page, true
	}
	e.pages[n][i%pageLen] = value
}
