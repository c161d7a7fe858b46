package bounds

// Dumps of whole archives.
const (
	// DumpValue is how many bytes one value of a dump may have: a text column that
	// people use holds 16 MB. What is beyond it is left out, and told.
	DumpValue = 64 << 20

	// DumpRow is how many bytes one row of a dump may have.
	DumpRow = 128 << 20

	// DumpColumns is how many columns a table of a dump may have.
	DumpColumns = 1_000

	// DumpTables is how many tables a dump may have.
	DumpTables = 20_000

	// DumpName is how many bytes a name in a dump may have: MySQL allows 64
	// characters.
	DumpName = 200

	// DumpZIP is how many bytes a dump in a ZIP may have, which is held whole;
	// gzip is read as it comes.
	DumpZIP = 1 << 30

	// DumpHeld is how many bytes are kept of a dump while it is read: ten times
	// the largest archive known.
	DumpHeld = 4 << 30

	// DumpPictures is how many bytes the pictures of one story of a dump may have.
	DumpPictures = 60 << 20

	// HashInput is how many bytes of an old archive of Perl scripts are read.
	HashInput = 1 << 30

	// HashRecords is how many records such an archive may have.
	HashRecords = 1_000_000

	// HashFields is how many fields a record of it may have.
	HashFields = 500

	// HashNames is how many names may stand in one of them.
	HashNames = 2_000

	// RecordLine is how many bytes one story of our own format may have, with all
	// its pictures.
	RecordLine = 256 << 20

	// RecordsHeld is how many bytes all stories of a file of our own format may
	// have.
	RecordsHeld = 8 << 30

	// RecordStories is how many stories one table may hold.
	RecordStories = 100_000
)
