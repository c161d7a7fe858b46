package efiction

import (
	"slices"
	"strings"

	"ficstead/internal/intake/sqldump"
)

// shapes are the columns of eFiction's tables in their order, for dumps that name
// none. Where versions differ there are several; rows say by their contents which
// it is. Modules append columns, so a row may have more than a shape.
var shapes = map[string][]string{
	"stories": {
		"sid title summary storynotes catid classes charid rid date updated uid coauthors featured validated completed rr wordcount rating reviews count challenges",
	},
	"chapters": {
		"chapid title inorder notes storytext endnotes validated wordcount rating reviews sid uid count",
		"chapid title inorder notes storytext validated wordcount rating reviews sid uid count",
	},
	"authors": {
		"uid penname realname email bio image date admincreated password",
		"uid penname realname email website bio image date admincreated password",
	},
	"authorfields": {"field_id field_type field_name field_title field_options field_code_in field_code_out field_on"},
	"authorinfo":   {"uid field info"},
	"categories":   {"catid parentcatid category description image locked leveldown displayorder numitems"},
	"characters":   {"charid catid charname bio image"},
	"classes":      {"class_id class_type class_name"},
	"classtypes":   {"classtype_id classtype_name classtype_title"},
	"ratings":      {"rid rating ratingwarning warningtext"},
	"coauthors":    {"sid uid"},
	"series": {
		"seriesid title summary uid isopen catid rating classes characters reviews numstories challenges",
		"seriesid title summary uid isopen catid rating classes characters reviews numstories warnings challenges genres",
		"seriesid title summary uid isopen catid classes rating warnings genres characters reviews challenges numstories",
	},
	"inseries":   {"seriesid sid subseriesid confirmed inorder", "seriesid sid subseriesid confirmed inorder updated"},
	"reviews":    {"reviewid item chapid reviewer uid review date rating respond type"},
	"favorites":  {"uid item type comments"},
	"challenges": {"chalid challenger uid title catid characters summary responses"},
	"comments":   {"cid nid uid comment time"},
	"news":       {"nid author title story time comments"},
	"messages":   {"message_id message_name message_title message_text"},
	"stats":      {"sitekey stories chapters series reviews wordcount authors members reviewers newestmember"},
	"settings":   {"sitekey sitename slogan url siteemail tableprefix skin hiddenskins language submissionsoff storiespath store"},
	"warnings":   {"wid warning"}, // of versions before 3
	"genres":     {"gid genre"},
}

// useless are tables of eFiction that hold nothing of the archive itself.
var useless = strings.Fields("authorprefs blocks codeblocks log modules online pagelinks panels")

// numbers, lists and dates are the columns whose contents tell one shape from another.
var (
	numbers = strings.Fields("sid uid chapid inorder seriesid isopen rating reviews numstories wordcount count item reviewid nid cid validated admincreated subseriesid confirmed")
	dates   = strings.Fields("date updated time")
)

// secret reports whether a column must never be held.
func secret(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "pass") || strings.HasPrefix(name, "smtp") || strings.Contains(name, "salt") || name == "realname"
}

// nameColumns finds the names for a table whose dump has none.
func nameColumns(table string, rows [][]cell) []sqldump.Column {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	var best []string
	bestFit := -1.0
	for _, shape := range shapes[table] {
		names := strings.Fields(shape)
		fit := fits(names, rows)
		if len(names) == width {
			fit += 0.1 // of two that fit, the one of the same width
		}
		if fit > bestFit {
			best, bestFit = names, fit
		}
	}
	var columns []sqldump.Column
	for _, name := range best[:min(len(best), width)] {
		columns = append(columns, sqldump.Column{Name: name})
	}
	return columns
}

// fits is the share of cells that may be what their column says.
func fits(names []string, rows [][]cell) float64 {
	good, all := 0, 0
	for _, r := range rows[:min(len(rows), 500)] {
		for i, name := range names {
			if i >= len(r) {
				all++ // a column that is not there
				continue
			}
			isNumber, isDate := slices.Contains(numbers, name), slices.Contains(dates, name)
			if !isNumber && !isDate && name != "email" {
				continue
			}
			all++
			if isNumber && isInt(r[i]) || isDate && looksLikeDate(r[i]) || name == "email" && (len(r[i]) == 0 || strings.Contains(string(r[i]), "@")) {
				good++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float64(good) / float64(all)
}

func isInt(c cell) bool {
	s := strings.TrimPrefix(string(c), "-")
	return len(s) < 12 && strings.Trim(s, "0123456789") == ""
}

func looksLikeDate(c cell) bool {
	s := string(c)
	return strings.Trim(s, "0123456789") == "" && (len(s) == 0 || len(s) > 7 || s == "0") || len(s) >= 10 && s[4] == '-' && s[7] == '-'
}

// bridges are the columns for number, name and address of members in the tables
// of other programs, which some archives use instead of fanfiction_authors.
var bridges = [][3]string{
	{"user_id", "username", "user_email"},
	{"id_member", "member_name", "email_address"},
	{"id_member", "membername", "emailaddress"},
	{"userid", "username", "email"},
	{"user_id", "username", "email"},
	{"uid", "username", "email"},
	{"uid", "name", "mail"},
	{"member_id", "name", "email"},
	{"user_id", "user_name", "user_email"},
	{"id", "user_login", "user_email"},
}

// bridge finds the places of number, name and address among columns.
func bridge(columns []sqldump.Column) (at [3]int, ok bool) {
	for _, b := range bridges {
		found := 0
		for i, name := range b {
			at[i] = slices.IndexFunc(columns, func(c sqldump.Column) bool { return strings.EqualFold(c.Name, name) })
			if at[i] >= 0 {
				found++
			}
		}
		if found == len(b) {
			return at, true
		}
	}
	return at, false
}
