package index

import "ficstead/internal/index/segment"

// Order is an order of works, ascending. Works that are equal in it are in the
// order of their ids, or as its fields say.
type Order struct {
	By Sorting

	Seed int64 // of Shuffled

	// What Fitting goes by: works stand higher for each of Looks by the weight
	// of the best place that it was found in; equal ones by when they were updated.
	Looks   []Words
	Weights [PlaceCount]uint32
}

// ByColumn is the order by a column.
func ByColumn(c Column) Order { return Order{By: Sorting(c)} }

// What follows is the segment's, and asked for here.
type (
	// Sorting is what works are put in order by.
	Sorting = segment.By
	// Column is a number that every work has.
	Column = segment.Column
	// Place is a part of a work that words stand in.
	Place = segment.Place
)

// The sortings that go by no column.
const (
	ByTitle   = segment.ByTitleKey
	ByCreator = segment.ByCreatorKey
	ByLoved   = segment.ByLoved // well loved for their size

	Shuffled = segment.OrderCount
	Fitting  = segment.OrderCount + 1
)

// The columns.
const (
	WordCount = segment.Words
	Chapters  = segment.Chapters
	Kudos     = segment.Kudos
	Hits      = segment.Hits
	Comments  = segment.Comments
	Bookmarks = segment.Bookmarks
	Updated   = segment.Updated
	Posted    = segment.Posted

	// Unknown stands in the columns of moments for a time that is not known.
	Unknown = segment.Unknown
)

// The places.
const (
	InTitle    = segment.InTitle
	InCreator  = segment.InCreator
	InSeries   = segment.InSeries
	InSummary  = segment.InSummary
	InNotes    = segment.InNotes
	InTags     = segment.PlaceCount // the names of the work's own tags
	PlaceCount = segment.PlaceCount + 1
)
