package export

// Markdown prints b as Markdown with its metadata in front as YAML.
func Markdown(b Book) ([]byte, error) { return nil, nil }
