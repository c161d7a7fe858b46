// Package epubfile reads books in EPUB of any maker: which of their pages are
// the text, where chapters begin, and what the package says of the work.
//
// Covers, title pages, tables of contents and the pages that programs add about
// themselves are left out. A chapter that was cut over several files is put
// together again, and a file that holds several is cut.
//
// Books made by FanFicFare say more in their title page than in their package;
// fanficfare.go reads it. Start reading at Read.
package epubfile
