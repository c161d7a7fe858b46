package bounds

// Works, as they are kept.
const (
	// Title is how many letters a title, name or tag may have: a page must be able
	// to show it.
	Title = 2_000

	// Names is how many creators, recipients or series, of each, a work may have.
	Names = 2_000

	// WorkTags is how many tags a work may have. The longest known lists have some
	// hundreds.
	WorkTags = 20_000

	// WorkChapters is how many chapters a work may have. The longest known have
	// some thousands.
	WorkChapters = 100_000

	// Front is how many bytes the summary and notes of a work may have: listings
	// load them by the hundred.
	Front = 4 << 20

	// WorkText is how many bytes a chapter may have.
	WorkText = 64 << 20
)
