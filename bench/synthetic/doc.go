// Package synthetic makes archives of any size that are always the same: works
// with tags, numbers and dates as real archives have them, a graph of tags, prose,
// and the questions that readers would ask.
//
// Nothing is kept of a work: Read makes work i of a seed again whenever it is
// asked for, in about two microseconds, so that ten million need no more memory
// than the tables of tags. Tags are drawn from a universe of fandoms, each with
// its characters and relationships, by Zipf's law; New goes through all works
// once and gives those tags that are used, or stand over such, their ids in the
// order of first use, as a store would.
//
// Start reading at New.
package synthetic
