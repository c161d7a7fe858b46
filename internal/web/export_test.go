package web

// Patterns are all routes of the site, for tests that stand outside of it.
func (s *Site) Patterns() []string {
	s.open()
	var all []string
	for pattern := range s.routes() {
		all = append(all, pattern)
	}
	return all
}
