package export

// EPUB prints b as EPUB 3.
func EPUB(b Book) ([]byte, error) { return nil, nil }
