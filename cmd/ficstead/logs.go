package main

import (
	"context"
	"io"
	"log/slog"

	"ficstead/internal/web/monitor"
)

// newLog returns the program's log. From info on it holds no addresses of
// people, no names, no titles and nothing that anybody typed.
func newLog(w io.Writer, format, level string) *slog.Logger {
	var o slog.HandlerOptions
	var from slog.Level
	if err := from.UnmarshalText([]byte(level)); err == nil { // the flag allows no other
		o.Level = from
	}
	var h slog.Handler = slog.NewTextHandler(w, &o)
	if format == "json" {
		h = slog.NewJSONHandler(w, &o)
	}
	return slog.New(referring{h})
}

// referring adds the reference of the request that an entry is about.
type referring struct{ slog.Handler }

// Handle implements slog.Handler.
func (h referring) Handle(ctx context.Context, entry slog.Record) error {
	if reference := monitor.Reference(ctx); reference != "" {
		entry.AddAttrs(slog.String("request", reference))
	}
	return h.Handler.Handle(ctx, entry)
}

// WithAttrs implements slog.Handler.
func (h referring) WithAttrs(attrs []slog.Attr) slog.Handler {
	return referring{h.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (h referring) WithGroup(name string) slog.Handler { return referring{h.Handler.WithGroup(name)} }

// quiet keeps what net/http says of connections, which names the addresses of
// people, out of the log unless somebody debugs.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (h quiet) Enabled(ctx context.Context, _ slog.Level) bool {
	return h.Handler.Enabled(ctx, slog.LevelDebug)
}
