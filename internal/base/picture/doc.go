// Package picture draws strangers' pictures anew.
//
// Look reads the header only, so that a picture that would unpack to gigabytes
// costs nothing. Redraw reads the pixels and writes a new file of them: what a
// file says besides, such as where and with which camera it was taken, what
// else it may be to another program, and what stands behind its end, is gone.
// Formats that can hold scripts, such as SVG, are no pictures here.
//
// A redrawn picture redrawn is the same bytes, so that taking works away and
// bringing them in again changes nothing.
package picture
