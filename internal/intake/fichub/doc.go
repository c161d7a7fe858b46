// Package fichub reads what FicHub exports: EPUBs and single pages that hold
// works of other sites, with a page of facts in front.
package fichub
