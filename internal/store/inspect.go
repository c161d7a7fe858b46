package store

// Rows is for package check, which asks what no other does: it calls f for every
// row that query answers, in a transaction that only reads. f must not query.
func (tx *Tx) Rows(what string, f func(scan func(...any) error) error, query string, args ...any) error {
	return tx.each(what, func(row scanner) error { return f(row.Scan) }, query, args...)
}

// Integrity asks the database whether its own structure is whole, and calls f
// with each thing that is not. PostgreSQL does not tell.
func (tx *Tx) Integrity(f func(line string)) error {
	if tx.store.dialect.Verify == "" {
		return nil
	}
	return tx.each("integrity", func(row scanner) error {
		var line string
		err := row.Scan(&line)
		if err == nil && line != "ok" {
			f(line)
		}
		return err
	}, tx.store.dialect.Verify)
}
