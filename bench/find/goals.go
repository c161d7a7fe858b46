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
	{streamGoal, "10M works, the stream of requests, cold: p50 / p95 / p99 / max, ms", "0.055 / 2.2 / 4.0 / 18", "0.05 / 1 / 3 / 15", ""},
	{worstGoal, "the list of the worst, cold, 10M works, ms", "43", "15", ""},
	{repeatedGoal, "any repeated question, ms", "–", "below 0.1", ""},
	{postgresGoal, "against PostgreSQL `int[]` with GIN, 1M works, ratio of means", "3,247 ×", "at least 3,000 ×", ""},
	{luceneGoal, "against Lucene, 1M works, ratio of means, with / without stored answers", "120 × / 12.5 ×", "at least 150 × / 25 ×", ""},
	{bleveGoal, "against Bleve, 200k works, ratio of means", "1,441 ×", "at least 1,500 ×", ""},
	{memoryGoal, "memory a work at 10M: heap and pages of the snapshot that were touched", "258 B", "at most 150 B", ""},
	{buildGoal, "building the index of 10M works", "215k works/s", "at least 500k works/s", ""},
	{startGoal, "from opening the snapshot of 10M works to the first answer", "–", "below 100 ms", ""},
	{scanGoal, "counting facets, works of one fandom, ns a work", "15", "at most 10", ""},
	{textGoal, "index of the text: MB/s, size by text", "32, 0.44", "at least 40, at most 0.40", ""},
	{textAskGoal, "questions inside the text, 1 GB: p95, ms", "–", "below 15", ""},
	{recallGoal, "a line with 2 wrong words of 12 finds its chapter among the first ten of 100,000 chapters", "–", "at least 95 % of 1,000", ""},
	{pagesGoal, "listing page, whole answer over HTTP, 1M works, 500 requests/s on one core: p99, ms", "–", "below 15", ""},
}
