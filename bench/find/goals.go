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
	{streamGoal, "10M works, the stream of requests, cold: p50 / p95 / p99 / max, ms", "0.055 / 2.2 / 4.0 / 18", "0.05 / 1 / 3 / 15", "The median is a few cache misses for each tag of the question and of its works; the longest are broad questions whose answer is not stored."},
	{worstGoal, "the list of the worst, cold, 10M works, ms", "43", "15", "What is left is any-of lists over common tags and languages, whose works are gone through, about 7 ns a work and core."},
	{repeatedGoal, "any repeated question, ms", "–", "below 0.1", ""},
	{postgresGoal, "against PostgreSQL `int[]` with GIN, 1M works, ratio of means", "3,247 ×", "at least 3,000 ×", "A mean of some tenths of a millisecond is made by the few broad questions; while others use the two cores, they wait for a core."},
	{luceneGoal, "against Lucene, 1M works, ratio of means, with / without stored answers", "120 × / 12.5 ×", "at least 150 × / 25 ×", "Lucene counts by ordinals, much as we do; the broad questions and the waiting for a core decide the mean."},
	{bleveGoal, "against Bleve, 200k works, ratio of means", "1,441 ×", "at least 1,500 ×", "As with PostgreSQL: our mean is made by a few broad questions and by waiting for a core."},
	{memoryGoal, "memory a work at 10M: heap and pages of the snapshot that were touched", "258 B", "at most 150 B", "Orders by eleven keys (88 B a work) and records of own tags lie in the file; a page in any order touches ranks all over. Smaller ranks and tags are not built yet."},
	{buildGoal, "building the index of 10M works", "215k works/s", "at least 500k works/s", "Of about 17 us of processor time a work, filing tags takes 3, packing 3, rows 2, counting beforehand 4, orders and sets the rest: mostly waiting for memory."},
	{startGoal, "from opening the snapshot of 10M works to the first answer", "–", "below 100 ms", ""},
	{scanGoal, "counting facets, works of one fandom, ns a work", "15", "at most 10", "Works that lie side by side are counted at 7 ns; those that do not are moved together first."},
	{textGoal, "index of the text: MB/s, size by text", "32, 0.44", "at least 40, at most 0.40", ""},
	{textAskGoal, "questions inside the text, 1 GB: p95, ms", "–", "below 15", "The prose of the bench has 36 forms of sentences, so that phrases of common words are in a quarter of all works, and their places are read."},
	{recallGoal, "a line with 2 wrong words of 12 finds its chapter among the first ten of 100,000 chapters", "–", "at least 95 % of 1,000", ""},
	{pagesGoal, "listing page, whole answer over HTTP, 1M works, 500 requests/s on one core: p99, ms", "–", "below 15", ""},
}
