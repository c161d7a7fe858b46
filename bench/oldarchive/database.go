package oldarchive

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// table is a table with its rows: nil for NULL, a number, or text as the database
// has its bytes.
type table struct {
	name    string
	columns []string // "name type"
	keys    string
	rows    [][]any
}

func (t *table) add(values ...any) { t.rows = append(t.rows, values) }

func (m *maker) table(name, keys string, columns ...string) *table {
	t := &table{name: m.Prefix + "fanfiction_" + name, columns: columns, keys: keys}
	m.db = append(m.db, t)
	return t
}

// enc is how the archive's pages stored text: browsers send characters that a
// page's encoding lacks as entities.
func (m *maker) enc(s string) string {
	if m.Charset != "windows-1252" {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if c, ok := charmap.Windows1252.EncodeRune(r); ok {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

// dumped is what the bytes of a column become in the dump: columns are Latin-1,
// which programs convert to UTF-8, whatever the bytes mean.
func (m *maker) dumped(s string) string {
	switch m.Dialect {
	case "backup", "hand":
		return s
	case "backup-utf8": // of PHP, which knows no Windows-1252
		b, _ := charmap.ISO8859_1.NewDecoder().String(s)
		return b
	}
	if m.Charset == "utf-8" {
		return s // its columns say so
	}
	var b strings.Builder
	for _, c := range []byte(s) {
		if r := charmap.Windows1252.DecodeByte(c); r != '\uFFFD' {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(c)) // as MySQL does it
		}
	}
	return b.String()
}

func (m *maker) print() []byte {
	var b bytes.Buffer
	switch m.Dialect {
	case "backup", "backup-utf8":
		m.printBackup(&b)
	case "hand":
		m.printHand(&b)
	case "phpmyadmin":
		m.printPHPMyAdmin(&b)
	case "mysqldump":
		m.printMysqldump(&b)
	case "sequelpro":
		m.printSequelPro(&b)
	default:
		panic("no dialect " + m.Dialect)
	}
	return b.Bytes()
}

// printBackup is eFiction's own: neither tables nor columns are named.
func (m *maker) printBackup(b *bytes.Buffer) {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, `'`, `\'`, "\x00", `\0`, "\n", `\n`)
	for _, t := range m.db {
		fmt.Fprintf(b, "# Dump of %s \r\n# Dump DATE : 20-Apr-2020\r\n\r\n", t.name)
		for _, row := range t.rows {
			b.WriteString("INSERT INTO " + t.name + " VALUES(")
			for i, v := range row {
				if i > 0 {
					b.WriteString(", ")
				}
				if v == nil {
					v = ""
				}
				b.WriteString(`"` + escape.Replace(m.dumped(fmt.Sprint(v))) + `"`)
			}
			b.WriteString(");\r\n")
		}
		b.WriteString("\r\n")
	}
}

// printHand is a backup that somebody has been at.
func (m *maker) printHand(b *bytes.Buffer) {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	b.WriteString("\xef\xbb\xbf# It's edited\n")
	for _, t := range m.db {
		fmt.Fprintf(b, "\n# Dump of table %s\n", t.name)
		for i, row := range t.rows {
			fmt.Fprintf(b, "INSERT INTO %s VALUES\t(", t.name)
			for j, v := range row {
				if j > 0 {
					b.WriteByte(',')
				}
				n, isNumber := v.(int)
				switch {
				case v == nil:
					b.WriteString("NULL")
				case isNumber && (n < 0 || i%2 == 1):
					fmt.Fprint(b, n)
				case i%3 == 1:
					b.WriteString(`'` + strings.ReplaceAll(strings.ReplaceAll(m.dumped(fmt.Sprint(v)), `\`, `\\`), `'`, `''`) + `'`)
				default:
					b.WriteString(`"` + escape.Replace(m.dumped(fmt.Sprint(v))) + `"`)
				}
			}
			b.WriteString(");\n")
		}
	}
}

// value prints a value as programs do that know types.
func (m *maker) value(v any, escape *strings.Replacer) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case int:
		return fmt.Sprint(v)
	}
	return "'" + escape.Replace(m.dumped(fmt.Sprint(v))) + "'"
}

var (
	doubling = strings.NewReplacer(`\`, `\\`, `'`, `''`, "\r", `\r`, "\n", `\n`, "\x00", `\0`)
	slashing = strings.NewReplacer(`\`, `\\`, `'`, `\'`, `"`, `\"`, "\r", `\r`, "\n", `\n`, "\x00", `\0`)
)

func names(t *table) string {
	var all []string
	for _, c := range t.columns {
		name, _, _ := strings.Cut(c, " ")
		all = append(all, "`"+name+"`")
	}
	return strings.Join(all, ", ")
}

func (m *maker) create(b *bytes.Buffer, t *table, keys bool) {
	fmt.Fprintf(b, "CREATE TABLE `%s` (\n", t.name)
	for i, c := range t.columns {
		name, kind, _ := strings.Cut(c, " ")
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(b, "  `%s` %s NOT NULL DEFAULT 'it''s, (%s)'", name, kind, name)
	}
	if keys && t.keys != "" {
		fmt.Fprintf(b, ",\n  PRIMARY KEY (%s),\n  KEY `title` (`title`(10))", t.keys)
	}
	b.WriteString("\n) ENGINE=MyISAM DEFAULT CHARSET=latin1 COMMENT='it''s';\n\n")
}

func (m *maker) printPHPMyAdmin(b *bytes.Buffer) {
	b.WriteString("-- phpMyAdmin SQL Dump\n-- version 4.9\n-- Server's version: 5.7\n\nSET SQL_MODE = \"NO_AUTO_VALUE_ON_ZERO\";\n/*!40101 SET NAMES utf8mb4 */;\n\n")
	for _, t := range m.db {
		m.create(b, t, false)
		for rows := range slices.Chunk(t.rows, 40) {
			fmt.Fprintf(b, "INSERT INTO `%s` (%s) VALUES\n", t.name, names(t))
			for i, row := range rows {
				m.tuple(b, row, doubling, ", ")
				b.WriteString(map[bool]string{true: ";\n", false: ",\n"}[i == len(rows)-1])
			}
			b.WriteByte('\n')
		}
	}
	for _, t := range m.db {
		if t.keys != "" {
			fmt.Fprintf(b, "ALTER TABLE `%s`\n  ADD PRIMARY KEY (%s);\n", t.name, t.keys)
		}
	}
	b.WriteString("COMMIT;\n")
}

func (m *maker) tuple(b *bytes.Buffer, row []any, escape *strings.Replacer, sep string) {
	b.WriteByte('(')
	for i, v := range row {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(m.value(v, escape))
	}
	b.WriteByte(')')
}

func (m *maker) printMysqldump(b *bytes.Buffer) {
	b.WriteString("-- MySQL dump 10.13\n--\n-- Host: localhost    Database: old\n\n/*!40101 SET NAMES utf8 */;\n/*!40103 SET TIME_ZONE='+00:00' */;\n\n")
	for _, t := range m.db {
		fmt.Fprintf(b, "DROP TABLE IF EXISTS `%s`;\n/*!40101 SET @saved_cs_client = @@character_set_client */;\n", t.name)
		m.create(b, t, true)
		fmt.Fprintf(b, "LOCK TABLES `%s` WRITE;\n/*!40000 ALTER TABLE `%s` DISABLE KEYS */;\n", t.name, t.name)
		for rows := range slices.Chunk(t.rows, 50) {
			fmt.Fprintf(b, "INSERT INTO `%s` VALUES ", t.name)
			for i, row := range rows {
				if i > 0 {
					b.WriteByte(',')
				}
				m.tuple(b, row, slashing, ",")
			}
			b.WriteString(";\n")
		}
		fmt.Fprintf(b, "/*!40000 ALTER TABLE `%s` ENABLE KEYS */;\nUNLOCK TABLES;\n\n", t.name)
	}
	b.WriteString("-- Dump completed on 2020-04-20\n")
}

func (m *maker) printSequelPro(b *bytes.Buffer) {
	b.WriteString("# ****\n# Sequel Pro SQL dump\n# Host: it's here\n# ****\n\nCREATE DATABASE old_name;\nUSE old_name;\n\n")
	for _, t := range m.db {
		fmt.Fprintf(b, "# Dump of table %s\n# ----\n\nDROP TABLE IF EXISTS `%s`;\n\n", t.name, t.name)
		m.create(b, t, true)
		if len(t.rows) == 0 {
			continue
		}
		fmt.Fprintf(b, "INSERT INTO `%s` (%s)\nVALUES\n", t.name, names(t))
		for i, row := range t.rows {
			b.WriteByte('\t')
			m.tuple(b, row, slashing, ",")
			b.WriteString(map[bool]string{true: ";\n\n", false: ",\n"}[i == len(t.rows)-1])
		}
	}
}
