package archive

// What the world sees of an identity is not the row's number, so that taking
// everything is not a for-loop and an archive does not tell its size. It is a
// fixed bijection of the numbers 1 to 2³²-1, a four-round Feistel network with
// a key for each kind of thing. It is no secret: rights protect, not ids.

// The keys differ so that work 7 and tag 7 do not share a public id. They are
// in every address ever given out: never change them.
const (
	workIDKey    = 0x5bd1e995
	tagIDKey     = 0x85ebca6b
	seriesIDKey  = 0xc2b2ae35
	creatorIDKey = 0x27d4eb2f
	importIDKey  = 0x165667b1
)

// Public returns the id that addresses and JSON show.
func (id WorkID) Public() int64 { return publish(int64(id), workIDKey) }

// Public returns the id that addresses and JSON show.
func (id TagID) Public() int64 { return publish(int64(id), tagIDKey) }

// Public returns the id that addresses and JSON show.
func (id SeriesID) Public() int64 { return publish(int64(id), seriesIDKey) }

// Public returns the id that addresses and JSON show.
func (id CreatorID) Public() int64 { return publish(int64(id), creatorIDKey) }

// Public returns the id that addresses and JSON show.
func (id ImportID) Public() int64 { return publish(int64(id), importIDKey) }

// WorkFromPublic is the inverse of Public; an id that is none gives 0.
func WorkFromPublic(public int64) WorkID { return WorkID(unpublish(public, workIDKey)) }

// TagFromPublic is the inverse of Public; an id that is none gives 0.
func TagFromPublic(public int64) TagID { return TagID(unpublish(public, tagIDKey)) }

// SeriesFromPublic is the inverse of Public; an id that is none gives 0.
func SeriesFromPublic(public int64) SeriesID { return SeriesID(unpublish(public, seriesIDKey)) }

// CreatorFromPublic is the inverse of Public; an id that is none gives 0.
func CreatorFromPublic(public int64) CreatorID { return CreatorID(unpublish(public, creatorIDKey)) }

// ImportFromPublic is the inverse of Public; an id that is none gives 0.
func ImportFromPublic(public int64) ImportID { return ImportID(unpublish(public, importIDKey)) }

const feistelRounds = 4

// publish maps 1 to 2³²-1 onto itself, and everything else to 0. Zero is
// walked around: the network's image of 0 stands in where it would yield 0.
func publish(id int64, key uint32) int64 {
	if id <= 0 || id > 0xffffffff {
		return 0
	}
	x := scramble(uint32(id), key)
	if x == 0 {
		x = scramble(0, key)
	}
	return int64(x)
}

func unpublish(public int64, key uint32) int64 {
	if public <= 0 || public > 0xffffffff {
		return 0
	}
	x := unscramble(uint32(public), key)
	if x == 0 {
		x = unscramble(0, key)
	}
	return int64(x)
}

func scramble(x, key uint32) uint32 {
	left, right := uint16(x>>16), uint16(x)
	for round := range uint32(feistelRounds) {
		left, right = right, left^mix(right, key, round)
	}
	return uint32(left)<<16 | uint32(right)
}

func unscramble(x, key uint32) uint32 {
	left, right := uint16(x>>16), uint16(x)
	for round := range uint32(feistelRounds) {
		left, right = right^mix(left, key, feistelRounds-1-round), left
	}
	return uint32(left)<<16 | uint32(right)
}

// mix is the round function: the finaliser of MurmurHash3, in 32 bits.
func mix(half uint16, key, round uint32) uint16 {
	h := uint32(half) ^ key + round*0x9e3779b9
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return uint16(h ^ h>>16)
}
