package listing

// Examples are questions that can be tried as they stand, with what they ask for.
var Examples = [...][2]string{
	{"lighthouse storm", "both words, in title, creator, summary, notes or tags"},
	{`"found family"`, "these words in this order"},
	{"tea OR coffee", "one of them, or both"},
	{"lighthouse -angst", "the first without the second"},
	{"(tea OR coffee) -war", "parentheses hold together"},
	{`fandom:"Sherlock Holmes"`, "a tag, with its synonyms and subtags; also character: ship: tag: rating: warning: category:"},
	{`ship:"Holmes/Watson"`, "a relationship"},
	{"title:tide", "in the title; also creator: summary: series:"},
	{`focus:"Sherlock Holmes"`, "mainly about this character or relationship"},
	{"otp:yes", `with one relationship and no other; otp:"A/B" for one you name`},
	{"words:>10000", "longer than that; also words:1000-5000, chapters:1, kudos:>100, hits: comments: bookmarks:"},
	{"updated:<30d", "changed in the last thirty days; also updated:2024, posted:2020..2023"},
	{"complete:yes", "finished works; complete:no is what goes on"},
	{"lang:fr", "in French"},
	{`text:"lit window"`, "these words in the story itself; text:lant* by how a word begins"},
	{"sort:words", "longest first; also updated, posted, title, creator, kudos, loved, random"},
}
