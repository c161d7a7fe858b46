// Package rescue brings in a whole archive that another program kept.
//
// It reads and mends stories with all cores while one writer keeps them, some
// dozens a transaction. What was told as kept survives whatever happens then, and
// the same archive brought in again goes on where it stopped.
//
// It knows no format: a Source tells an archive's things and its stories. It ends
// with a Report, which says for each kind of thing how many the archive claimed,
// how many were found and how many are here, and every decision and doubt.
//
// Start reading at Bring.
package rescue
