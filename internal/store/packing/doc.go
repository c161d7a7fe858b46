// Package packing compresses contents, names them by their SHA-256, and tells
// whether what is read back is what was kept.
//
// It knows neither database nor works. Start reading at Packer.
package packing
