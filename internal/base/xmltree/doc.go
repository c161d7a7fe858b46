// Package xmltree reads strangers' XML into a tree.
//
// It never fails: what is broken is read as far as it goes, and the tree says
// that it was cut. Entities are those of HTML; a document type is passed over,
// so nothing it declares can expand or be fetched. Depth and size are bounded.
//
// Start reading at Parse.
package xmltree
