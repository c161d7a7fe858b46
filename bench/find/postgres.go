package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
)

// cluster is a PostgreSQL of our own, thrown away afterwards.
type cluster struct {
	dir, bin string
	as       []string // PostgreSQL refuses to run as root
	*pgx.Conn
}

var noPostgres = errors.New("no PostgreSQL in /usr/lib/postgresql")

// startCluster starts a PostgreSQL in a folder of a folder of ours, tuned for the machine and for
// no safety at all.
func startCluster(dir, memory string) (*cluster, error) {
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(bins) == 0 {
		return nil, noPostgres
	}
	c := &cluster{dir: filepath.Join(dir, "postgres"), bin: bins[len(bins)-1]}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return nil, err
	}
	if os.Getuid() == 0 {
		c.as = []string{"runuser", "-u", "postgres", "--"}
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, err
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o755), os.Chown(c.dir, uid, gid)); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(c.dir, "data")
	if err := c.run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"); err != nil {
		return nil, err
	}
	options := fmt.Sprintf("-k %s -c listen_addresses= -c shared_buffers=%s -c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 "+
		"-c max_wal_size=4GB -c maintenance_work_mem=512MB -c checkpoint_timeout=60min", c.dir, memory)
	if err := c.run("pg_ctl", "-D", data, "-w", "-l", filepath.Join(c.dir, "log"), "-o", options, "start"); err != nil {
		return nil, err
	}
	var err error
	c.Conn, err = pgx.Connect(context.Background(), "host="+c.dir+" user=postgres dbname=postgres")
	if err != nil {
		return nil, err
	}
	for _, s := range []string{"set jit=off", "set work_mem='512MB'", "set random_page_cost=1.1", "set effective_cache_size='12GB'", "set max_parallel_workers_per_gather=0"} {
		if _, err := c.Exec(context.Background(), s); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *cluster) run(program string, args ...string) error {
	all := append(slices.Clone(c.as), append([]string{filepath.Join(c.bin, program)}, args...)...)
	cmd := exec.Command(all[0], all[1:]...)
	cmd.Dir = "/"
	log, err := os.CreateTemp(c.dir, "out") // a pipe would be held open by the server
	if err != nil {
		return err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%s: %w: %s", program, err, said)
	}
	return nil
}

// stop ends it and removes what it kept.
func (c *cluster) stop() {
	if c.Conn != nil {
		c.Conn.Close(context.Background())
	}
	c.run("pg_ctl", "-D", filepath.Join(c.dir, "data"), "-m", "immediate", "stop")
	os.RemoveAll(c.dir)
}

func (c *cluster) all(statements ...string) error {
	for _, s := range statements {
		if _, err := c.Exec(context.Background(), s); err != nil {
			return fmt.Errorf("%.80s: %w", s, err)
		}
	}
	return nil
}

func (c *cluster) size(relation string) (n int64, err error) {
	err = c.QueryRow(context.Background(), "select pg_total_relation_size($1::regclass)", relation).Scan(&n)
	return n, err
}

func (c *cluster) version() string {
	var v string
	if c.QueryRow(context.Background(), "show server_version").Scan(&v) != nil {
		return "?"
	}
	v, _, _ = strings.Cut(v, " ")
	return "PostgreSQL " + v
}

// postgres is PostgreSQL with the tags of a work in an array that has an index,
// or with a table of works and tags.
type postgres struct {
	*dressing
	*cluster
	join bool
}

// loadPostgres fills both shapes.
func loadPostgres(c *cluster, a *synthetic.Archive) (array, join *postgres, loaded [2]peer.Loaded, err error) {
	d := &dressing{a, map[string]int{}}
	array, join = &postgres{d, c, false}, &postgres{d, c, true}
	start := time.Now()
	err = c.all(`create unlogged table works(id int, updated bigint, words int, kudos int, hits int, complete int2, crossover int2, title text collate "C", tags int[])`)
	if err == nil {
		err = c.copyWorks(d, a)
	}
	if err == nil {
		err = c.all("alter table works add primary key(id)", "create index on works using gin(tags)", "create index on works(updated desc, id)", "create index on works(kudos desc, id)",
			"create index on works(hits desc, id)", "create index on works(words desc, id)", "create index on works(title, id)")
	}
	loaded[0].Took = time.Since(start)
	start = time.Now()
	if err == nil {
		err = c.all("create unlogged table work_tags as select unnest(tags) tag, id work from works", "create index on work_tags(tag, work)", "create index on work_tags(work, tag)",
			"create unlogged table kinds(tag int primary key, grp int)")
	}
	loaded[1].Took = loaded[0].Took + time.Since(start)
	if err == nil {
		err = c.copyKinds(d)
	}
	if err == nil {
		err = c.all("vacuum analyze works", "vacuum analyze work_tags", "analyze kinds")
	}
	if err == nil {
		loaded[0].Bytes, err = c.size("works")
	}
	if err == nil {
		loaded[1].Bytes, err = c.size("work_tags")
		loaded[1].Bytes += loaded[0].Bytes
	}
	if err == nil {
		err = c.QueryRow(context.Background(), "select count(*) from works").Scan(&loaded[0].Works)
	}
	loaded[1].Works = loaded[0].Works
	loaded[0].Name, loaded[1].Name = c.version()+", int[] with GIN", c.version()+", join table"
	return array, join, loaded, err
}

func (c *cluster) copyWorks(d *dressing, a *synthetic.Archive) error {
	rows := make(chan []any, 64)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(rows)
		for w := range peer.Docs(a) {
			tags := make([]int32, 0, len(w.Tags)+1)
			for _, t := range w.Tags {
				tags = append(tags, int32(t))
			}
			tags = append(tags, int32(d.language(w.Language)))
			row := []any{int32(w.ID), w.Updated, int32(w.Words), int32(w.Kudos), int32(w.Hits), int16(yes(w.Complete)), int16(yes(w.Crossover)), titleKey(w.Title), tags}
			select {
			case rows <- row:
			case <-stop:
				return
			}
		}
	}()
	next := func() ([]any, error) { return <-rows, nil }
	_, err := c.CopyFrom(context.Background(), pgx.Identifier{"works"}, []string{"id", "updated", "words", "kudos", "hits", "complete", "crossover", "title", "tags"}, pgx.CopyFromFunc(next))
	return err
}

func (c *cluster) copyKinds(d *dressing) error {
	id, codes := 0, len(d.languages)
	next := func() ([]any, error) {
		switch id++; {
		case id <= d.a.TagCount():
			return []any{int32(id), int32(d.group(id))}, nil
		case id <= d.a.TagCount()+codes:
			return []any{int32(d.a.TagCount() - id), int32(peer.Languages)}, nil
		}
		return nil, nil
	}
	_, err := c.CopyFrom(context.Background(), pgx.Identifier{"kinds"}, []string{"tag", "grp"}, pgx.CopyFromFunc(next))
	return err
}

// Ask asks for facets and total in one statement, and for the page in another.
func (p *postgres) Ask(q *synthetic.Request) (answer peer.Answer, err error) {
	c := conditions(q)
	has := func(list string) string {
		if p.join {
			return "exists (select 1 from work_tags x where x.tag in (" + list + ") and x.work=w.id)"
		}
		return "w.tags && '{" + list + "}'::int[]"
	}
	switch {
	case p.join:
		for _, t := range q.Include {
			c = append(c, fmt.Sprintf("w.id in (select work from work_tags where tag=%d)", t))
		}
	case len(q.Include) > 0:
		c = append(c, "w.tags @> '{"+listed(q.Include)+"}'::int[]")
	}
	if len(q.Any) > 0 {
		c = append(c, has(listed(q.Any)))
	}
	if len(q.Languages) > 0 {
		c = append(c, has(p.numbersOf(q.Languages)))
	}
	if len(q.Exclude) > 0 {
		c = append(c, "not "+has(listed(q.Exclude)))
	}
	tags := "select unnest(tags) tag from works w" + where(c)
	if p.join {
		tags = "select tag from work_tags where work in (select id from works w" + where(c) + ")"
	}
	ctx := context.Background()
	rows, err := p.Query(ctx, fmt.Sprintf(`with c as (select tag, count(*) n from (%s) z group by tag),
		k as (select grp, n, row_number() over (partition by grp order by n desc) r from c join kinds using (tag))
		select grp, n from k where r <= %d union all select %d, count(*) from works w%s order by 1, 2 desc`, tags, peer.PerGroup, peer.Groups, where(c)))
	if err != nil {
		return answer, err
	}
	for rows.Next() {
		var group int
		var n int
		if err := rows.Scan(&group, &n); err != nil {
			return answer, err
		}
		if group == peer.Groups {
			answer.Total = n
		} else {
			answer.Facets[group] = append(answer.Facets[group], n)
		}
	}
	if err := rows.Err(); err != nil {
		return answer, err
	}
	page, err := p.Query(ctx, fmt.Sprintf("select id from works w%s order by %s, id limit %d offset %d", where(c), orders[q.Order], peer.PerPage, (q.Page-1)*peer.PerPage))
	if err != nil {
		return answer, err
	}
	defer page.Close()
	for page.Next() {
	}
	return answer, page.Err()
}
