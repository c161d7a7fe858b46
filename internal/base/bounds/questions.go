package bounds

// Requests and questions.
const (
	// Header is how many bytes the header of a request may have: a question of
	// 8,000 bytes and cookies of many kinds.
	Header = 64 << 10

	// QuestionLetters is how many letters are read of a question.
	QuestionLetters = 4_000

	// QuestionParts is how many parts a question may have.
	QuestionParts = 100

	// QuestionDepth is how deep parentheses of a question may stand within each
	// other.
	QuestionDepth = 24
)
