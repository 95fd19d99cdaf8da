package api

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/account"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// Who says who may use a route: a permission (account.May), or one of those
// below. The owner may use all.
type Who = account.Access

// Who there is besides people with a permission.
const (
	Anyone   = account.Anyone
	SignedIn = account.SignedIn
	Owner    = account.Owner
)

type contextKey int

const printerKey contextKey = iota

// AsOwner marks the requests of a connection as the owner's. Only the local
// socket may do so.
func AsOwner(ctx context.Context) context.Context { return account.AsOwner(ctx) }

// IsOwner tells whether a request came through the local socket.
func IsOwner(ctx context.Context) bool { return account.IsOwner(ctx) }

// pathFor returns a path on the server's machine as a reader may know it: the
// owner in full, others its last part.
func pathFor(ctx context.Context, path string) string {
	if IsOwner(ctx) {
		return path
	}
	return filepath.Base(path)
}

// errorFor is pathFor of the paths that an error names.
func errorFor(ctx context.Context, err error) error {
	e := ierr.As(err)
	if IsOwner(ctx) {
		return err
	}
	args := ierr.Args{}
	for name, v := range e.Args {
		if text, ok := v.(string); ok && (name == "path" || name == "paths") {
			all := strings.Split(text, ", ")
			for i := range all {
				all[i] = pathFor(ctx, all[i])
			}
			v = strings.Join(all, ", ")
		}
		args[name] = v
	}
	return ierr.Wrap(e.Cause, e.Kind, e.Code, args)
}

// printer returns the printer of the request's language.
func printer(ctx context.Context) *i18n.Printer { return ctx.Value(printerKey).(*i18n.Printer) }

// speak chooses the language of each request.
func speak(catalogs *i18n.Catalogs) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		say := catalogs.Printer(catalogs.Match(ctx.Header("Accept-Language")))
		ctx.SetHeader("Content-Language", say.Lang())
		ctx.SetHeader("Vary", "Accept-Language, Cookie")
		ctx.SetHeader("X-Content-Type-Options", "nosniff")
		next(huma.WithValue(ctx, printerKey, say))
	}
}

// admit lets only those through who may use a route.
func admit(api huma.API, who Who) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if err := who.Admit(ctx.Context()); err != nil {
			write(api, ctx, err)
			return
		}
		next(ctx)
	}
}

// guard answers for a handler that panics, and logs why.
func guard(api huma.API, log *slog.Logger) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		defer func() {
			switch fault := recover(); fault {
			case nil:
			case http.ErrAbortHandler:
				panic(fault)
			default:
				log.Error("a handler panicked", "path", ctx.URL().Path, "fault", fault, "stack", string(debug.Stack()))
				write(api, ctx, ierr.New(ierr.Internal, "api.panic", nil))
			}
		}()
		next(ctx)
	}
}

// write answers with an error.
func write(api huma.API, ctx huma.Context, err error) {
	r := &refusal{Problem(err, printer(ctx.Context()))}
	ctx.SetHeader("Content-Type", r.ContentType(""))
	for name, values := range r.GetHeaders() {
		ctx.SetHeader(name, values[0])
	}
	ctx.SetStatus(r.Status)
	// A reader who is gone already misses nothing.
	_ = api.Marshal(ctx.BodyWriter(), "application/json", r)
}
