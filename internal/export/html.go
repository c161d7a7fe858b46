package export

// HTML prints b as one file in the structure of an AO3 download.
func HTML(b Book) ([]byte, error) { return nil, nil }
