// Package rescues are the pages about archives that were rescued whole: what came
// of each, the reviews, series and people that came along with its works, and the
// ways from its old addresses to the works here.
//
// Start reading at Pages.Routes; the old addresses are in old.go.
package rescues
