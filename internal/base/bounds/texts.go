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

// Within a text.
const (
	// BlockDepth is how deep quotes, lists and tables may stand within each other
	// in a text. Browsers and parsers take at least 512; beyond it their text is
	// kept without them.
	BlockDepth = 60

	// Scopes is how many elements of a text may be open, frames and all, while it
	// is read.
	Scopes = 200

	// InlineDepth is how many marks, such as emphasis, may be open in a text while
	// it is read.
	InlineDepth = 50

	// Marks is how many marks one stretch of text may stand under.
	Marks = 24

	// Blocks is how many paragraphs one text may have. Beyond it no more are made;
	// what they say is kept.
	Blocks = 500_000

	// Runs is how many stretches of text of one kind one text may have.
	Runs = 2_000_000

	// Targets is how many places of a text links may lead to: notes, mostly.
	Targets = 100_000

	// Target is how many bytes the name of such a place may have.
	Target = 100

	// Attribute is how many bytes an attribute may have: pictures may stand in
	// one.
	Attribute = 64 << 20

	// Style is how many bytes a style attribute may have: longer ones are not
	// about a story.
	Style = 4_000

	// ListStart is the highest number a list may begin with.
	ListStart = 99_999

	// CellSpan is how many columns or rows a cell may span. Browsers stop at
	// 1,000.
	CellSpan = 100

	// Address is how many bytes an address may have. Browsers and servers agree on
	// about as much.
	Address = 8_000

	// FrontMatter is how many bytes the metadata of a Markdown file may have. Ours
	// have a few thousand.
	FrontMatter = 1 << 20

	// MarkdownDepth is how deep quotes and lists of Markdown may stand within each
	// other: its parser takes time with the square of some signs.
	MarkdownDepth = 20

	// MarkdownBrackets is how many brackets one paragraph of Markdown may have.
	MarkdownBrackets = 1_000

	// MarkdownEmphasis is how many stars and underscores one paragraph of Markdown
	// may have.
	MarkdownEmphasis = 4_000

	// MarkdownBars is how many vertical bars one paragraph of Markdown may have:
	// each makes a cell of a table, which costs some 2,000 bytes while it is read.
	MarkdownBars = 5_000

	// MarkdownTags is how many tags one paragraph of Markdown may have.
	MarkdownTags = 2_000
)
