package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
)

// lite is SQLite with a table of works and two of their tags, one by tag and one
// by work. Languages are tags like others, behind them.
type lite struct {
	*dressing
	db *sql.Conn
}

// dressing is what SQL engines need to know of tags: their kinds, and numbers for
// languages.
type dressing struct {
	a         *synthetic.Archive
	languages map[string]int
}

func (d *dressing) language(code string) int {
	n, ok := d.languages[code]
	if !ok {
		n = len(d.languages) + 1
		d.languages[code] = n
	}
	return -n
}

// group of a tag or, negative, of a language.
func (d *dressing) group(id int) int {
	if id < 0 {
		return peer.Languages
	}
	return int(d.a.Kind(archive.TagID(id))) - 1
}

// conditions are the ranges and traits of q, on columns of works.
func conditions(q *synthetic.Request) (c []string) {
	add := func(is bool, condition string, n any) {
		if is {
			c = append(c, fmt.Sprintf(condition, n))
		}
	}
	add(q.LeastWords > 0, "w.words>=%d", q.LeastWords)
	add(q.MostWords > 0, "w.words<=%d", q.MostWords)
	add(!q.From.IsZero(), "w.updated>=%d", q.From.Unix())
	add(!q.Before.IsZero(), "w.updated<%d", q.Before.Unix())
	add(q.Complete != synthetic.Either, "w.complete=%d", 2-int(q.Complete))
	add(q.Crossover != synthetic.Either, "w.crossover=%d", 2-int(q.Crossover))
	return c
}

// numbersOf are the numbers of languages in a list of SQL.
func (d *dressing) numbersOf(codes []string) string {
	var list []string
	for _, code := range codes {
		list = append(list, fmt.Sprint(d.language(code)))
	}
	return strings.Join(list, ",")
}

func listed(tags []archive.TagID) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(tags), " ", ","), "[]")
}

var orders = [synthetic.OrderCount]string{"updated desc", "kudos desc", "hits desc", "words desc", "title"}

func where(c []string) string {
	if len(c) == 0 {
		return ""
	}
	return " where " + strings.Join(c, " and ")
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (l *lite) exec(statement string) error {
	_, err := l.db.ExecContext(context.Background(), statement)
	if err != nil {
		return fmt.Errorf("%.80s: %w", statement, err)
	}
	return nil
}

func (l *lite) all(statements ...string) error {
	for _, s := range statements {
		if err := l.exec(s); err != nil {
			return err
		}
	}
	return nil
}

// Load implements peer.Engine.
func (l *lite) Load(a *synthetic.Archive, dir string) (peer.Loaded, error) {
	loaded := peer.Loaded{}
	l.dressing = &dressing{a, map[string]int{}}
	ctx := context.Background()
	path := filepath.Join(dir, "peer.db")
	pool, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		return loaded, err
	}
	if l.db, err = pool.Conn(ctx); err != nil {
		return loaded, err
	}
	start := time.Now()
	if err := l.all("pragma journal_mode=off", "pragma synchronous=off", "pragma cache_size=-1000000", "pragma mmap_size=8000000000", "pragma temp_store=memory",
		"create table works(id integer primary key, updated int, words int, kudos int, hits int, complete int, crossover int, title text)",
		"create table raw(tag int, work int)", "begin"); err != nil {
		return loaded, err
	}
	work, err := l.db.PrepareContext(ctx, "insert into works values(?,?,?,?,?,?,?,?)")
	if err != nil {
		return loaded, err
	}
	const tagsAtOnce = 16
	tags, err := l.db.PrepareContext(ctx, "insert into raw values"+strings.Repeat(",(?,?)", tagsAtOnce)[1:])
	if err != nil {
		return loaded, err
	}
	var pending []any
	for d := range peer.Docs(a) {
		if _, err := work.Exec(d.ID, d.Updated, d.Words, d.Kudos, d.Hits, yes(d.Complete), yes(d.Crossover), titleKey(d.Title)); err != nil {
			return loaded, err
		}
		loaded.Works++
		for _, t := range d.Tags {
			pending = append(pending, int64(t), d.ID)
		}
		pending = append(pending, l.language(d.Language), d.ID)
		for len(pending) >= 2*tagsAtOnce {
			if _, err := tags.Exec(pending[:2*tagsAtOnce]...); err != nil {
				return loaded, err
			}
			pending = pending[:copy(pending, pending[2*tagsAtOnce:])]
		}
	}
	for ; len(pending) > 0; pending = pending[2:] {
		if _, err := l.db.ExecContext(ctx, "insert into raw values(?,?)", pending[:2]...); err != nil {
			return loaded, err
		}
	}
	if err := l.all("commit",
		"create table tag_works(tag int, work int, primary key(tag,work)) without rowid", "insert into tag_works select tag, work from raw order by 1,2",
		"create table work_tags(work int, tag int, primary key(work,tag)) without rowid", "insert into work_tags select work, tag from raw order by 1,2",
		"drop table raw", "create table kinds(tag integer primary key, grp int)"); err != nil {
		return loaded, err
	}
	if err := l.kinds(); err != nil {
		return loaded, err
	}
	for _, column := range []string{"updated", "kudos", "hits", "words", "title"} {
		if err := l.exec("create index works_" + column + " on works(" + column + ")"); err != nil {
			return loaded, err
		}
	}
	if err := l.exec("analyze"); err != nil {
		return loaded, err
	}
	loaded.Name, loaded.Took = "SQLite "+l.version()+" (modernc)", time.Since(start)
	info, err := os.Stat(path)
	if err == nil {
		loaded.Bytes = info.Size()
	}
	return loaded, err
}

// kinds fills a table of the groups of tags.
func (l *lite) kinds() error {
	if err := l.exec("begin"); err != nil {
		return err
	}
	add, err := l.db.PrepareContext(context.Background(), "insert into kinds values(?,?)")
	if err != nil {
		return err
	}
	for id := 1; id <= l.a.TagCount(); id++ {
		if _, err := add.Exec(id, l.group(id)); err != nil {
			return err
		}
	}
	for _, n := range l.languages {
		if _, err := add.Exec(-n, peer.Languages); err != nil {
			return err
		}
	}
	return l.exec("commit")
}

func (l *lite) version() (v string) {
	if l.db.QueryRowContext(context.Background(), "select sqlite_version()").Scan(&v) != nil {
		return "?"
	}
	return v
}

// Ask implements peer.Engine: the works found go into a table of their own, from
// which facets and page are read.
func (l *lite) Ask(q *synthetic.Request) (peer.Answer, error) {
	var answer peer.Answer
	from, c := "works w", conditions(q)
	if len(q.Include) > 0 {
		from = "tag_works a0 "
		c = append(c, fmt.Sprintf("a0.tag=%d", q.Include[0]))
		for i, t := range q.Include[1:] {
			from += fmt.Sprintf("join tag_works a%d on a%d.tag=%d and a%d.work=a0.work ", i+1, i+1, t, i+1)
		}
		from += "join works w on w.id=a0.work"
	}
	has := "exists(select 1 from tag_works where tag in (%s) and work=w.id)"
	if len(q.Any) > 0 {
		c = append(c, fmt.Sprintf(has, listed(q.Any)))
	}
	if len(q.Languages) > 0 {
		c = append(c, fmt.Sprintf(has, l.numbersOf(q.Languages)))
	}
	if len(q.Exclude) > 0 {
		c = append(c, "not "+fmt.Sprintf(has, listed(q.Exclude)))
	}
	if err := l.all("drop table if exists temp.r",
		"create temp table r as select w.id, w.updated, w.kudos, w.hits, w.words, w.title from "+from+where(c)); err != nil {
		return answer, err
	}
	ctx := context.Background()
	if err := l.db.QueryRowContext(ctx, "select count(*) from temp.r").Scan(&answer.Total); err != nil {
		return answer, err
	}
	rows, err := l.db.QueryContext(ctx, fmt.Sprintf(`select grp, n from (
		select grp, n, row_number() over (partition by grp order by n desc) r from (
			select k.grp, c.n from (select tag, count(*) n from temp.r cross join work_tags wt on wt.work=r.id group by tag) c join kinds k on k.tag=c.tag))
		where r<=%d order by grp, n desc`, peer.PerGroup))
	if err != nil {
		return answer, err
	}
	if err := facets(rows, &answer); err != nil {
		return answer, err
	}
	page, err := l.db.QueryContext(ctx, fmt.Sprintf("select id from temp.r order by %s, id limit %d offset %d", orders[q.Order], peer.PerPage, (q.Page-1)*peer.PerPage))
	if err != nil {
		return answer, err
	}
	defer page.Close()
	for page.Next() {
		var id int64
		if err := page.Scan(&id); err != nil {
			return answer, err
		}
	}
	return answer, page.Err()
}

// facets reads rows of a group and a count.
func facets(rows *sql.Rows, answer *peer.Answer) error {
	defer rows.Close()
	for rows.Next() {
		var group, n int
		if err := rows.Scan(&group, &n); err != nil {
			return err
		}
		answer.Facets[group] = append(answer.Facets[group], n)
	}
	return rows.Err()
}
