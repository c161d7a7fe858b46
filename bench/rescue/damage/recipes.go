package damage

// Recipes are the damages that come together in real files.
func Recipes() []Recipe {
	return []Recipe{
		{Name: "R0", What: "control: `<i>` as text, markers", Italics: ItalicsTag, Scenes: ScenesMarked},
		{Name: "R1", What: "`i X/i`, breaks lost, 0.2 % joins", Italics: ItalicsLoose, Joins: .002},
		{Name: "R2", What: "tags stripped with the spaces beside them", Italics: ItalicsFused},
		{Name: "R3", What: "wrapped, `*X*`, markers", Italics: ItalicsStar, Scenes: ScenesMarked, Layout: Wrapped},
		{Name: "R4", What: "wrapped with blank lines, running heads, `/X/`", Italics: ItalicsSlash, Scenes: ScenesMarked, Layout: WrappedBlank, Heads: true},
		{Name: "R5", What: "mojibake, `[i]`, double spacing", Italics: ItalicsBBCode, Scenes: ScenesMarked, Bytes: CP1252, Layout: Doubled},
		{Name: "R6", What: "`?` for quotes, italics and breaks lost", Bytes: Questions},
		{Name: "R7", What: "all paragraphs lost", Layout: NoParagraphs},
		{Name: "R8", What: "as printed and scanned: hyphens, indents, heads, `_X_`", Italics: ItalicsUnder, Scenes: ScenesMarked, Layout: Hyphened, Heads: true},
		{Name: "R9", What: "everything: mojibake with holes, wrapped, heads, 2 % joins, notes, `iX/i`", Italics: ItalicsTight, Bytes: CP1252Lossy, Layout: Wrapped, Joins: .02,
			Heads: true, Notes: true, Headings: true, Doubled: 2, Spaces: true, ZeroWidth: true},
		{Name: "R10", What: "as R2, in a page, names in its header", Italics: ItalicsFused, Header: true, Characters: true, HTML: true},
	}
}

// Probes are one damage each, for the axes of the goals.
func Probes() []Recipe {
	all := []Recipe{
		{Name: "i X/i", Italics: ItalicsLoose}, {Name: "i X/i␣", Italics: ItalicsTrailing}, {Name: "iX/i", Italics: ItalicsTight}, {Name: "em X/em", Italics: ItalicsEm},
		{Name: "_X_", Italics: ItalicsUnder}, {Name: "*X*", Italics: ItalicsStar}, {Name: "/X/", Italics: ItalicsSlash}, {Name: "[i]X[/i]", Italics: ItalicsBBCode},
		{Name: "<i>", Italics: ItalicsTag}, {Name: "&lt;i&gt;", Italics: ItalicsEntity}, {Name: "&lt;i&gt; page", Italics: ItalicsEntity, HTML: true},
		{Name: "i X/i page", Italics: ItalicsLoose, HTML: true}, {Name: "CAPS", Italics: ItalicsCaps},
		{Name: "stripped", Italics: ItalicsFused}, {Name: "stripped page", Italics: ItalicsFused, HTML: true},
		{Name: "joins 0.2 %", Joins: .002}, {Name: "joins 2 %", Joins: .02},
		{Name: "one line each", Layout: Single, Scenes: ScenesMarked}, {Name: "double spaced", Layout: Doubled, Scenes: ScenesMarked}, {Name: "double spaced page", Layout: Doubled, HTML: true, Italics: ItalicsKept, Scenes: ScenesMarked},
		{Name: "wrapped, blank", Layout: WrappedBlank, Scenes: ScenesMarked}, {Name: "wrapped", Layout: Wrapped, Scenes: ScenesMarked}, {Name: "wrapped, indents", Layout: WrappedIn, Scenes: ScenesMarked},
		{Name: "hyphens", Layout: Hyphened, Scenes: ScenesMarked}, {Name: "no paragraphs", Layout: NoParagraphs}, {Name: "br page", Layout: Breaks, HTML: true, Italics: ItalicsKept, Scenes: ScenesMarked},
		{Name: "markers", Scenes: ScenesMarked}, {Name: "markers, page", Scenes: ScenesMarked, HTML: true, Italics: ItalicsKept}, {Name: "blank breaks", Scenes: ScenesBlank}, {Name: "breaks lost", Scenes: ScenesDropped},
		{Name: "latin-1", Bytes: Latin1}, {Name: "cp1252", Bytes: CP1252}, {Name: "double", Bytes: Double}, {Name: "C1", Bytes: C1}, {Name: "MacRoman", Bytes: MacRoman}, {Name: "cp1251", Bytes: CP1251},
		{Name: "mixed lines", Bytes: MixedLines}, {Name: "cp1252 with holes", Bytes: CP1252Lossy}, {Name: "cp1252 as MacRoman", Bytes: MacForWindows}, {Name: "windows-1252 file", Bytes: Windows}, {Name: "? for quotes", Bytes: Questions},
		{Name: "Shift-JIS", Bytes: ShiftJIS, Language: "ja"}, {Name: "EUC-JP", Bytes: EUCJP, Language: "ja"}, {Name: "GB18030", Bytes: GB18030, Language: "zhs"}, {Name: "Big5", Bytes: Big5, Language: "zht"},
		{Name: "KOI8-R", Bytes: KOI8R, Language: "ru"}, {Name: "windows-1251 file", Bytes: CyrillicWindows, Language: "ru"},
		{Name: "entities", Entities: EntitiesKept}, {Name: "entities bare", Entities: EntitiesBare}, {Name: "entities double", Entities: EntitiesDouble},
		{Name: "zero-width", ZeroWidth: true}, {Name: "spaces", Spaces: true}, {Name: "doubled paragraphs", Doubled: 8}, {Name: "chapter twice", Again: true, Headings: true},
		{Name: "heads", Layout: WrappedBlank, Heads: true}, {Name: "notes", Notes: true, Headings: true, Scenes: ScenesMarked}, {Name: "header", Header: true, Headings: true},
	}
	return all
}

// Find returns the recipe of that name.
func Find(name string) (Recipe, bool) {
	for _, r := range append(Recipes(), Probes()...) {
		if r.Name == name {
			return r, true
		}
	}
	return Recipe{}, false
}
