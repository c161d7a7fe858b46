package main

import (
	"bytes"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
)

//go:embed lucene/Peer.java
var luceneSource embed.FS

var noLucene = errors.New("no Java with Lucene: apt-get install default-jdk-headless liblucene8-java")

// startLucene compiles the peer, and gives it the works over its input.
func startLucene(a *synthetic.Archive, dir string) (*peer.Remote, error) {
	var jars []string
	for _, name := range []string{"lucene-core", "lucene-analyzers-common"} {
		found, _ := filepath.Glob("/usr/share/java/" + name + "-8*.jar")
		if len(found) == 0 {
			return nil, noLucene
		}
		jars = append(jars, found[0])
	}
	if _, err := exec.LookPath("javac"); err != nil {
		return nil, noLucene
	}
	source, err := luceneSource.ReadFile("lucene/Peer.java")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "Peer.java"), source, 0o644); err != nil {
		return nil, err
	}
	if out, err := exec.Command("javac", "-cp", strings.Join(jars, ":"), "-d", dir, filepath.Join(dir, "Peer.java")).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("javac: %w: %s", err, out)
	}
	cmd := exec.Command("java", "-Xmx2500m", "-cp", strings.Join(append(jars, dir), ":"), "Peer", dir)
	return peer.Start(cmd, a, func(w io.Writer) error { return feed(w, a) })
}

// feed writes all works as Peer.java reads them.
func feed(w io.Writer, a *synthetic.Archive) error {
	var b bytes.Buffer
	order := binary.BigEndian
	var n []byte
	text := func(s string) {
		b.Write(order.AppendUint16(n[:0], uint16(len(s))))
		b.WriteString(s)
	}
	for d := range peer.Docs(a) {
		b.Reset()
		b.WriteByte(1)
		b.Write(order.AppendUint32(n[:0], uint32(d.ID)))
		for _, v := range []int64{d.Updated, d.Words, d.Kudos, d.Hits} {
			b.Write(order.AppendUint64(n[:0], uint64(v)))
		}
		b.WriteByte(byte(yes(d.Complete)))
		b.WriteByte(byte(yes(d.Crossover)))
		text(d.Language)
		text(titleKey(d.Title))
		b.Write(order.AppendUint16(n[:0], uint16(len(d.Tags))))
		for _, t := range d.Tags {
			b.Write(order.AppendUint32(n[:0], uint32(a.Kind(t)-1)<<28|uint32(t)))
		}
		if _, err := w.Write(b.Bytes()); err != nil {
			return err
		}
	}
	_, err := w.Write([]byte{0})
	return err
}
