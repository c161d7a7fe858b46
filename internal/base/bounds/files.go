package bounds

// Files, and what is inside them.
const (
	// File is how many bytes any file may have that comes in. An EPUB of a long
	// work with a picture in each chapter has 60 MB.
	File = 100 << 20

	// FilePictures is how many bytes the pictures kept of one file may have
	// together. What is beyond it stays in the original only.
	FilePictures = 80 << 20

	// Chapters is how many chapters one file may claim. The longest serials have
	// some two thousand.
	Chapters = 20_000

	// Upload is how many bytes one upload of many files may have: a collection of
	// 100,000 stories.
	Upload = 4 << 30

	// UploadFiles is how many files one upload may hold; more come in a ZIP.
	UploadFiles = 5_000

	// Part is how many bytes one part inside a document may have: the XML of a
	// text of five million words.
	Part = 64 << 20

	// ZIPEntries is how many entries a ZIP of one book may have: twenty times the
	// largest seen.
	ZIPEntries = 5_000

	// ZIPCollection is how many entries a ZIP of many stories may have. They are
	// unpacked one at a time.
	ZIPCollection = 100_000

	// ZIPEntry is how many bytes one entry of a book may unpack to.
	ZIPEntry = 50 << 20

	// ZIPTotal is how many bytes all entries of a book may unpack to.
	ZIPTotal = 200 << 20

	// ZIPRatio is how many bytes may come of each byte packed, above ZIPSlack:
	// text packs to a third at best, and never to a hundredth.
	ZIPRatio = 100

	// ZIPSlack is how many bytes may come of any ZIP whatever its size: short
	// texts of one letter pack well.
	ZIPSlack = 10 << 20

	// ZIPName is how many bytes the name of an entry may have: no file system
	// takes longer paths.
	ZIPName = 4_096

	// XMLDepth is how deep elements of XML may stand within each other. Documents
	// have thirty; deeper ones give their text only.
	XMLDepth = 256

	// XMLNodes is how many elements and texts one XML document may have. One of a
	// million words has two million; a node costs 150 bytes.
	XMLNodes = 4_000_000

	// XMLNames is how many names of elements and attributes are remembered. No
	// format has as many.
	XMLNames = 10_000

	// XMLTokens is how many tokens the XML that describes a book may have.
	XMLTokens = 5_000_000

	// PackageNodes is how many elements the description of a book may have. Real
	// ones have 100,000; a node costs 100 bytes.
	PackageNodes = 500_000

	// Package is how many bytes the description of a book may have: a real one has
	// 3 MB at most.
	Package = 20 << 20

	// PackageItems is how many files the description of a book may name: a ZIP has
	// at most half as many.
	PackageItems = 10_000

	// StyleChain is how many styles of a document may be based on each other, one
	// upon another.
	StyleChain = 20

	// Fields is how many fields of a Word document may be open within each other.
	Fields = 50

	// Groups is how many groups of an RTF may be open within each other. Beyond it
	// they are only counted.
	Groups = 100_000

	// RTFTable is how many entries a table of fonts, colours or styles of an RTF
	// may have.
	RTFTable = 20_000

	// MobiPictures is how many records of a Kindle book are taken for pictures.
	MobiPictures = 20_000

	// MobiIndex is how many entries the indexes of a Kindle book may have.
	MobiIndex = 200_000

	// MobiPhrases is how many phrases the packing of a Kindle book may have.
	MobiPhrases = 1_000_000

	// MobiPhraseDepth is how deep such phrases may stand within each other.
	MobiPhraseDepth = 32
)
