package export

// FileName is a name for b that every system takes. ext is without the point.
func FileName(b Book, ext string) string { return "work." + ext }
