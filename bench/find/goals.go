package main

// goal is one line of the table of goals.
type goal struct {
	key, what, prototype, want string
	why                        string // what stands in the way where it is not met
}

// The keys of goals.
const (
	streamGoal   = "stream"
	worstGoal    = "worst"
	repeatedGoal = "repeated"
	postgresGoal = "postgres"
	luceneGoal   = "lucene"
	bleveGoal    = "bleve"
	memoryGoal   = "memory"
	buildGoal    = "build"
	startGoal    = "start"
	scanGoal     = "scan"
	textGoal     = "text"
	textAskGoal  = "text questions"
	recallGoal   = "recall"
	pagesGoal    = "pages"
)

var goals = []goal{
	{streamGoal, "10M works, the stream of requests, cold: p50 / p95 / p99 / max, ms", "0.055 / 2.2 / 4.0 / 18", "0.05 / 1 / 3 / 15", "The median is a few cache misses for each tag of the question and of its works; at a tenth of the works it is some .06 ms. The longest are ranges and pairs of tags whose works lie scattered and are counted one by one."},
	{worstGoal, "the list of the worst, cold, 10M works, ms", "43", "15", "What is left are several conditions at once together with tags (rating, language and a tag left out; six conditions; a range in an order): their works are counted from cells and bit sets, at memory's speed."},
	{repeatedGoal, "any repeated question, ms", "–", "below 0.1", ""},
	{postgresGoal, "against PostgreSQL `int[]` with GIN, 1M works, ratio of means", "3,247 ×", "at least 3,000 ×", "A mean of some tenths of a millisecond is made by the few broad questions; while others use the two cores, they wait for a core."},
	{luceneGoal, "against Lucene, 1M works, ratio of means, with / without stored answers", "120 × / 12.5 ×", "at least 150 × / 25 ×", "Lucene counts by ordinals, much as we do without stored answers; there the broad questions decide the mean."},
	{bleveGoal, "against Bleve, 200k works, ratio of means", "1,441 ×", "at least 1,500 ×", "A ratio of 1,500 wants a mean of .041 ms, below our median here."},
	{memoryGoal, "memory a work at 10M: heap and pages of the snapshot that were touched", "258 B", "at most 150 B", "Heads of tags 26 B a work, tails 24, sets about 40, orders 40. Orders of three bytes would save some 10 more."},
	{buildGoal, "building the index of 10M works", "215k works/s", "at least 500k works/s", "Of about 17 us of processor time a work, filing tags takes 3, packing 3, rows 2, counting beforehand 4, orders and sets the rest: mostly waiting for memory."},
	{startGoal, "from opening the snapshot of 10M works to the first answer", "–", "below 100 ms", ""},
	{scanGoal, "counting facets, works of one fandom, ns a work", "15", "at most 10", "Works that lie side by side are counted at 7 ns; those that do not are moved together first."},
	{textGoal, "index of the text: MB/s, size by text", "32, 0.44", "at least 40, at most 0.40", ""},
	{textAskGoal, "questions inside the text, 1 GB: p95, ms", "–", "below 15", "The prose of the bench has 36 forms of sentences, so that phrases of common words are in a quarter of all works, and their places are read."},
	{recallGoal, "a line with 2 wrong words of 12 finds its chapter among the first ten of 100,000 chapters", "–", "at least 95 % of 1,000", ""},
	{pagesGoal, "listing page, whole answer over HTTP, 1M works, 500 requests/s on one core: p99, ms", "–", "below 15", ""},
}
