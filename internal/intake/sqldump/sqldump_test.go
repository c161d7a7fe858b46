package sqldump

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf16"

	"ficstead/internal/base/bounds"
)

// told prints what a dump was read as: a line for each row, and one for each fault.
func told(t testing.TB, src io.Reader) string {
	t.Helper()
	r, err := NewReader(src)
	if err != nil {
		return "error: " + err.Error()
	}
	var b strings.Builder
	for row := range r.Rows() {
		b.WriteString(row.Table)
		for i, v := range row.Values {
			b.WriteByte('|')
			if i < len(row.Columns) {
				b.WriteString(row.Columns[i].Name + "=")
			}
			if v.Null {
				b.WriteString("NULL")
			} else {
				fmt.Fprintf(&b, "%q", v.Bytes)
			}
		}
		b.WriteByte('\n')
	}
	faults, _ := r.Faults()
	for _, f := range faults {
		fmt.Fprintf(&b, "fault at %d in %s: %s", f.Line, f.Table, f.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

var dialects = []struct{ name, dump, want string }{
	{"own backup", "# Dump of fanfiction_x \r\n# Dump DATE : 20-Apr-2020\r\n\r\nINSERT INTO fanfiction_x VALUES(\"1\", \"it\\'s \\\"so\\\"\\nand\", \"\");\r\n",
		"fanfiction_x|\"1\"|\"it's \\\"so\\\"\\nand\"|\"\"\n"},
	{"edited by hand", "INSERT INTO t VALUES\t(\"1\",-1,\"a\",NULL);\nINSERT INTO t VALUES (\"2\" , 3.5,'it''s',Null)",
		"t|\"1\"|\"-1\"|\"a\"|NULL\nt|\"2\"|\"3.5\"|\"it's\"|NULL\n"},
	{"phpMyAdmin", "-- phpMyAdmin SQL Dump\n-- it's 5\n\nCREATE TABLE IF NOT EXISTS `t` (\n  `id` int(11) NOT NULL,\n  `key` varchar(200) NOT NULL DEFAULT 'It''s, (a)',\n  KEY `x` (`id`)\n) ENGINE=MyISAM;\n\nINSERT INTO `t` (`id`, `key`) VALUES\n(1, 'a''b'),\n(2, '\\r\\n');\n\nALTER TABLE `t`\n  ADD PRIMARY KEY (`id`);\n",
		"t|id=\"1\"|key=\"a'b\"\nt|id=\"2\"|key=\"\\r\\n\"\n"},
	{"mysqldump", "DROP TABLE IF EXISTS `t`;\n/*!40101 SET @saved = @@x */;\nCREATE TABLE `t` (`a` int, `b` text, primary key (`a`));\nLOCK TABLES `t` WRITE;\n/*!40000 ALTER TABLE `t` DISABLE KEYS */;\nINSERT INTO `t` VALUES (1,_binary 'x\\0y'),(2,0x4142),(3,x'43'),(4,_utf8mb4'd');\nUNLOCK TABLES;\n",
		"t|a=\"1\"|b=\"x\\x00y\"\nt|a=\"2\"|b=\"AB\"\nt|a=\"3\"|b=\"C\"\nt|a=\"4\"|b=\"d\"\n"},
	{"Sequel Pro", "# Sequel Pro SQL dump\nCREATE DATABASE x; USE x;\nINSERT INTO `d`.`t` (`a`)\nVALUES\n\t(1),\n\t(NULL);\n",
		"t|a=\"1\"\nt|a=NULL\n"},
	{"columns in another order", "create table t (a int, b int, unique (a)); insert ignore into t (b, a) values (1, 2);", "t|b=\"1\"|a=\"2\"\n"},
	{"other statements", "DELETE FROM t WHERE a=';'; INSERT INTO t SELECT * FROM u; UPDATE t SET a='x'; INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a='(2)'; INSERT INTO t SET a = 'p', b=2; REPLACE t VALUE (3);",
		"t|\"1\"\nt|a=\"p\"|b=\"2\"\nt|\"3\"\n"},
	{"expressions", "INSERT INTO t VALUES (CONVERT(0x41 USING utf8), FROM_UNIXTIME(12), (((('a')))), NOW(), true, -  5, 1e-3, 'a' 'b');",
		"t|\"A\"|\"12\"|\"a\"|NULL|\"1\"|\"-5\"|\"1e-3\"|\"ab\"\n"},
	{"procedures", "DELIMITER ;;\nCREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN INSERT INTO t VALUES (9); END ;;\nDELIMITER ;\nINSERT INTO t VALUES (1);", "t|\"1\"\n"},
	{"a warning on top", "mysqldump: can't do something\n<br />It's bad\nINSERT INTO t VALUES (1);", "t|\"1\"\n"},
	{"a quote not escaped", "INSERT INTO t VALUES (1,'it's here');\nINSERT INTO t VALUES (2,'b');",
		"t|\"1\"|\"it's here\"\nt|\"2\"|\"b\"\nfault at 2 in : 1 quotes within texts were not escaped; they were taken for a part of the text.\n"},
	{"a row that is none", "INSERT INTO t VALUES\n(1,'a'),\n(2,'a' @ 'b'),\n(3,'c');\nINSERT INTO t VALUES (@x);\nINSERT INTO t VALUES (4,'d');",
		"t|\"1\"|\"a\"\nt|\"3\"|\"c\"\nt|\"4\"|\"d\"\nfault at 3 in t: A row could not be understood; it was left out.\nfault at 5 in t: A row could not be understood; it was left out.\n"},
	{"cut in a string", "INSERT INTO t VALUES (1,'a');\nINSERT INTO t VALUES (2,'b", "t|\"1\"|\"a\"\nfault at 2 in t: The dump ends in the middle of a row: it was cut off there, and whatever followed is missing.\n"},
	{"cut in an escape", "INSERT INTO t VALUES (2,'b\\", "fault at 1 in t: The dump ends in the middle of a row: it was cut off there, and whatever followed is missing.\n"},
	{"cut between rows", "INSERT INTO t VALUES (2,'b'),\n", "t|\"2\"|\"b\"\nfault at 2 in t: The dump ends in the middle of an INSERT: it was cut off there, and whatever followed is missing.\n"},
	{"percent keeps its backslash", `INSERT INTO t VALUES ('100\% \_ \\ \x');`, "t|\"100\\\\% \\\\_ \\\\ x\"\n"},
	{"comment within", "INSERT /*!32312 IGNORE*/ INTO t VALUES (1, /* '( */ 2) -- end\n, # more\n (3,4);", "t|\"1\"|\"2\"\nt|\"3\"|\"4\"\n"},
}

func TestDialects(t *testing.T) {
	for _, c := range dialects {
		if got := told(t, strings.NewReader(c.dump)); got != c.want {
			t.Errorf("%s:\ngot  %swant %s", c.name, got, c.want)
		}
		if got := told(t, iotest.OneByteReader(strings.NewReader(c.dump))); got != c.want {
			t.Errorf("%s, byte by byte: got %s", c.name, got)
		}
	}
}

func TestWrappings(t *testing.T) {
	plain := "INSERT INTO t VALUES (1,'é');\n"
	want := told(t, strings.NewReader(plain))
	var gz, zipped, two bytes.Buffer
	w := gzip.NewWriter(&gz)
	_, _ = io.WriteString(w, plain)
	_ = w.Close()
	for b, names := range map[*bytes.Buffer][]string{&zipped: {"readme.txt", "a/dump.sql"}, &two: {"a.sql", "b.sql"}} {
		z := zip.NewWriter(b)
		for _, name := range names {
			f, _ := z.Create(name)
			_, _ = io.WriteString(f, plain)
		}
		_ = z.Close()
	}
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(plain)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for name, data := range map[string][]byte{"BOM": []byte("\xef\xbb\xbf" + plain), "gzip": gz.Bytes(), "zip": zipped.Bytes(), "UTF-16": wide} {
		if got := told(t, bytes.NewReader(data)); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if _, err := NewReader(&two); !errors.Is(err, ErrSeveral) {
		t.Errorf("two dumps: got %v", err)
	}
	cut := told(t, bytes.NewReader(gz.Bytes()[:gz.Len()-12]))
	if strings.HasPrefix(cut, "error") {
		t.Errorf("cut gzip: %s", cut)
	}
}

func TestCreated(t *testing.T) {
	r, _ := NewReader(strings.NewReader("CREATE TABLE `a` (\n`sid` int(11) unsigned NOT NULL default '0' COMMENT 'a, b)',\ntitle VarChar (200), e enum('a','b,c'), PRIMARY KEY (sid), KEY title (title(10)),\n) TYPE=MyISAM;CREATE TABLE b LIKE a;CREATE TABLE `c` (`x` text"))
	for range r.Rows() {
		t.Error("a row")
	}
	want := []Column{{"sid", "int(11)"}, {"title", "varchar(200)"}, {"e", "enum"}}
	if got := r.Columns("a"); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if got := r.Created(); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("created %v", got)
	}
}

func TestBounds(t *testing.T) {
	huge := strings.Repeat("x", bounds.DumpValue+5)
	r, _ := NewReader(strings.NewReader("INSERT INTO t VALUES (1,'" + huge + "',2);INSERT INTO t VALUES (3" + strings.Repeat(",1", 5000) + ");"))
	var sizes []int
	for row := range r.Rows() {
		sizes = append(sizes, len(row.Values), len(row.Values[1].Bytes))
	}
	faults, _ := r.Faults()
	if !slices.Equal(sizes, []int{3, bounds.DumpValue, bounds.DumpColumns, 1}) || len(faults) != 1 {
		t.Errorf("got %v, %v", sizes, faults)
	}
}

func TestDeepNesting(t *testing.T) {
	deep := strings.Repeat("(", 1<<20)
	got := told(t, strings.NewReader("INSERT INTO t VALUES (1,"+deep+"2"+strings.Repeat(")", 1<<20)+",3);CREATE TABLE x (a int"+deep+";INSERT INTO t VALUES (4);"))
	if got != "t|\"1\"|\"2\"|\"3\"\nt|\"4\"\n" {
		t.Errorf("got %.300s", got)
	}
}

// TestEveryCut reads each dump cut at every byte: what came before is told, and
// nothing is made up.
func TestEveryCut(t *testing.T) {
	for _, c := range dialects {
		whole, _, _ := strings.Cut(c.want, "fault")
		for i := range c.dump {
			rows, _, _ := strings.Cut(told(t, strings.NewReader(c.dump[:i])), "fault")
			if lines := strings.SplitAfter(rows, "\n"); len(lines) > 1 && !strings.HasPrefix(whole, strings.Join(lines[:len(lines)-2], "")) {
				t.Fatalf("%s cut at %d: got %s", c.name, i, rows)
			}
		}
	}
}

func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	kinds := map[string]string{
		"short rows":      "INSERT INTO t VALUES (1,'a');\n",
		"escapes":         "INSERT INTO t VALUES ('" + strings.Repeat(`\'\n\\`, 1000) + "');",
		"quotes":          "INSERT INTO t VALUES ('" + strings.Repeat(`''`, 1000) + "');",
		"one row, broken": "INSERT INTO t VALUES (@@\n(",
		"open comment":    "/* ' ",
		"names":           strings.Repeat("a", 500) + "`",
	}
	for name, piece := range kinds {
		took := func(size int) time.Duration {
			start := time.Now()
			told(t, strings.NewReader(strings.Repeat(piece, size/len(piece))))
			return time.Since(start)
		}
		took(1 << 20)
		if small, big := took(1<<20), took(8<<20); big > 40*small+100*time.Millisecond {
			t.Errorf("%s: %v for 1 MB, %v for 8", name, small, big)
		}
	}
}

func FuzzRows(f *testing.F) {
	for _, c := range dialects {
		f.Add([]byte(c.dump))
	}
	f.Fuzz(func(t *testing.T, dump []byte) {
		once := told(t, bytes.NewReader(dump))
		if again := told(t, iotest.HalfReader(bytes.NewReader(dump))); again != once {
			t.Fatalf("read in pieces it is another:\n%s\n%s", once, again)
		}
		if len(once) > 40*len(dump)+1000 && !bytes.HasPrefix(dump, []byte("\x1f\x8b")) && !bytes.HasPrefix(dump, []byte("PK")) {
			t.Fatalf("%d bytes told as %d", len(dump), len(once))
		}
	})
}

func BenchmarkRows(b *testing.B) {
	row := "(1,'Chapter 1',1,'','" + strings.Repeat("<p>It was a dark and stormy night, and the ship\\'s bell rang.</p>\\r\\n", 500) + "',NULL,'1',4000,0,2,1,2,2872)"
	dump := "INSERT INTO `fanfiction_chapters` VALUES " + strings.Repeat(row+",", 200) + row + ";\n"
	b.SetBytes(int64(len(dump)))
	for b.Loop() {
		r, _ := NewReader(strings.NewReader(dump))
		for range r.Rows() {
		}
	}
}
