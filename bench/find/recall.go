package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// measureRecall runs bench/recall, and quotes it.
func (o *options) measureRecall(b *board) error {
	cmd := exec.Command("go", "run", "./bench/recall", "-chapters", strconv.Itoa(o.chapters), "-trials", "1000", "-data", filepath.Join(o.dir, "recall"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	found := regexp.MustCompile(`([\d.]+) % among the first ten`).FindSubmatch(out)
	if found == nil {
		return fmt.Errorf("bench/recall said %q", out)
	}
	share, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		return err
	}
	if o.chapters >= 100_000 {
		b.reach(recallGoal, fmt.Sprintf("%.1f %%", share), share >= 95)
	}
	b.section("I remember…, "+number(o.chapters)+" chapters", "What `bench/recall` says:\n\n```\n"+string(out)+"```\n")
	return os.RemoveAll(filepath.Join(o.dir, "recall"))
}
