// Command ficstead is the archive: its website and its tools in one program.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Set by the linker.
var (
	version = "development"
	commit  = "unknown"
)

// The exit codes that scripts rely on.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3 // done, but some items were refused
	exitDamaged = 4 // check found damage
)

// exit is an error that has been told already, or needs no telling.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// program is the command line. Flags win over FICSTEAD_* variables, which win
// over config.toml in the data folder.
type program struct {
	Data     string `help:"Folder that holds everything (default: ${data})." placeholder:"DIR" env:"FICSTEAD_DATA"`
	Database string `help:"Use this PostgreSQL database (postgres://…) instead of SQLite in the data folder." placeholder:"URL" env:"FICSTEAD_DATABASE"`

	Serve   serveCommand   `cmd:"" help:"Start the server."`
	Import  importCommand  `cmd:"" help:"Bring in files, folders, ZIPs, and whole archives."`
	Rescue  rescueCommand  `cmd:"" help:"See, open and close archives that were imported whole."`
	Mend    mendCommand    `cmd:"" help:"Repair a file and show the result, without storing it."`
	Find    findCommand    `cmd:"" help:"Ask the same questions as the search box."`
	Export  exportCommand  `cmd:"" help:"Write a work, or all that a query finds as one book."`
	Check   checkCommand   `cmd:"" help:"Verify everything stored."`
	Backup  backupCommand  `cmd:"" help:"Write the whole archive into one file."`
	Restore restoreCommand `cmd:"" help:"Read a backup into an empty data folder."`
	Reindex reindexCommand `cmd:"" help:"Rebuild the index from the store."`
	Doctor  doctorCommand  `cmd:"" help:"Look at the machine and the archive, and say what to do."`
	Version versionCommand `cmd:"" help:"Print version, commit and Go version."`
}

// run is what every command is given.
type run struct {
	ctx      context.Context
	out, err io.Writer
	data     string
	database string
	named    bool // data or database was named, and is not where archives usually are
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(start(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// start runs one command and returns the exit code.
func start(ctx context.Context, args []string, out, errs io.Writer) int {
	if len(args) == 0 || args[0] == "help" {
		args = append(args[min(len(args), 1):], "--help")
	}
	var p program
	exited, code := false, 0
	parser, err := newParser(&p, args, out, errs, func(c int) { exited, code = true, c })
	if err != nil {
		fmt.Fprintln(errs, "ficstead:", err)
		return exitUsage
	}
	command, err := parser.Parse(questionLast(args))
	if exited { // --help
		return code
	}
	if err != nil {
		fmt.Fprintln(errs, "ficstead:", err)
		fmt.Fprintln(errs, "See ficstead --help.")
		return exitUsage
	}
	r := &run{ctx: ctx, out: out, err: errs, data: p.Data, database: p.Database, named: p.Data != "" || p.Database != ""}
	if r.data == "" {
		r.data = defaultData()
	}
	if command.Command() != "serve" {
		// A command runs once and ends: memory is given up for speed.
		debug.SetGCPercent(400)
	}
	return exitCode(errs, command.Run(r))
}

// askingFlags are the flags of commands that take a question, and whether each
// has a value after it.
var askingFlags = map[string]bool{
	"--json": false, "--each": false, "--bagit": false, "--help": false, "-h": false,
	"--limit": true, "--format": true, "--out": true, "--data": true, "--database": true,
}

// questionLast sets a question's words apart from flags, for in a question
// "-angst" means works without it.
func questionLast(args []string) []string {
	if len(args) == 0 || args[0] != "find" && args[0] != "export" {
		return args
	}
	flags, words := []string{args[0]}, []string{"--"}
	for i := 1; i < len(args); i++ {
		name, _, joined := strings.Cut(args[i], "=")
		valued, known := askingFlags[name]
		switch {
		case args[i] == "--":
			return append(flags, append(words, args[i+1:]...)...)
		case !known:
			words = append(words, args[i])
		case valued && !joined && i+1 < len(args):
			flags = append(flags, args[i], args[i+1])
			i++
		default:
			flags = append(flags, args[i])
		}
	}
	return append(flags, words...)
}

func exitCode(errs io.Writer, err error) int {
	if code, ok := errors.AsType[exit](err); ok {
		return int(code)
	}
	if err != nil {
		fmt.Fprintln(errs, "ficstead:", err)
		return exitFailed
	}
	return 0
}

func newParser(p *program, args []string, out, errs io.Writer, exit func(int)) (*kong.Kong, error) {
	options := []kong.Option{
		kong.Name("ficstead"),
		kong.Description("A home for fan fiction: brings stories in, repairs them, keeps, finds, shows and gives them back."),
		kong.Vars{"data": defaultData(), "loopback": loopback},
		kong.Writers(out, errs),
		kong.Exit(exit),
	}
	resolver, err := configFile(args)
	if err != nil {
		return nil, err
	}
	return kong.New(p, append(options, resolver)...)
}

type versionCommand struct{}

// Run prints what was built from what by what.
func (versionCommand) Run(r *run) error {
	fmt.Fprintf(r.out, "ficstead %s, commit %s, %s %s/%s\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
