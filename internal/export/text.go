package export

// Text prints b as plain text.
func Text(b Book) ([]byte, error) { return nil, nil }
