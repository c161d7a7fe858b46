package bounds

// Texts.
const (
	// Text is the bound for a file that is all text or HTML, in bytes, and for all
	// pages of a book together. The longest works of fan fiction have five million
	// words, which is 30 MB; reading takes some forty bytes of memory for each.
	Text = 32 << 20

	// Lines is how many lines a text may have: the longest serials, wrapped, have
	// half as many. A line costs some 250 bytes while it is read.
	Lines = 1_000_000

	// Tags is how many signs of a tag or comment ("<") a page may have: one of
	// five million words has 600,000. An element costs some 400 bytes while it is read.
	Tags = 1_000_000

	// Mends is how many mends of a work are told one by one: one for every hundred
	// words of the longest. Each costs some 3,000 bytes while it is found.
	Mends = 50_000
)

// Heavy is the size of a text in bytes from which only one is read at a time:
// twice as much might be more memory than a small server has left.
const Heavy = 2 << 20
