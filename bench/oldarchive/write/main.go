// Command write puts an archive that never was on the disk: dump.sql, the folder
// stories, and truth.json, which says what must be found in them.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"ficstead/bench/oldarchive"
)

func main() {
	var o oldarchive.Options
	flag.Uint64Var(&o.Seed, "seed", 1, "the same seed gives the same archive")
	flag.IntVar(&o.Stories, "stories", 0, "how many; 0 for the size of a real archive")
	flag.IntVar(&o.Words, "words", 0, "of a chapter; 0 for as many as in a real archive")
	flag.StringVar(&o.Dialect, "dialect", "mysqldump", fmt.Sprint("one of ", oldarchive.Dialects))
	flag.StringVar(&o.Variant, "variant", "B", fmt.Sprint("of the schema, one of ", oldarchive.Variants))
	flag.StringVar(&o.Store, "store", "files", fmt.Sprint("where texts are, one of ", oldarchive.Stores))
	flag.StringVar(&o.Charset, "charset", "windows-1252", fmt.Sprint("of the database, one of ", oldarchive.Charsets))
	flag.BoolVar(&o.NoQuirks, "clean", false, "nothing is odd about it")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: write [flags] FOLDER")
		os.Exit(2)
	}
	if err := write(flag.Arg(0), oldarchive.Make(o)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(folder string, made oldarchive.Made) error {
	truth, err := json.MarshalIndent(made.Truth, "", " ")
	if err != nil {
		return err
	}
	files := map[string][]byte{"dump.sql": made.Dump, "truth.json": truth}
	for name, data := range made.Files {
		files["stories/"+name] = data
	}
	for name, data := range files {
		name = filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	fmt.Printf("%s: %d stories, %d words, %d files, dump of %d MB\n", folder, len(made.Truth.Stories), made.Truth.Words, len(made.Files), len(made.Dump)>>20)
	return nil
}
