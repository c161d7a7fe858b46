// Package internal holds the archive, in the order in which a story travels:
//
//	intake → repair → catalogue → store → index → find → export
//
// and around that road: archive (what things are), jobs (work done later),
// web (what people see), and base (the ground everything stands on).
package internal
