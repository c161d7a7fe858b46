// Package address makes the addresses of the site's things.
//
// No template and no handler spells an address that has an id in it: they ask
// here.
package address
