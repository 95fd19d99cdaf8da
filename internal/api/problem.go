package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// refusal is a problem as huma wants errors.
type refusal struct{ v1.Problem }

func (r *refusal) Error() string             { return r.Detail }
func (r *refusal) GetStatus() int            { return r.Status }
func (r *refusal) ContentType(string) string { return "application/problem+json" }

// GetHeaders says when a reader who was turned away for now may come again.
func (r *refusal) GetHeaders() http.Header {
	if r.Kind == ierr.Busy.String() {
		return http.Header{"Retry-After": {ierr.RetryAfter}}
	}
	return nil
}

// Problem states err for a reader whose language is say's. What nobody may see,
// the cause, is left out.
func Problem(err error, say *i18n.Printer) v1.Problem {
	e := ierr.As(err)
	if errors.Is(err, context.Canceled) && e.Kind == ierr.Internal {
		e = ierr.Wrap(err, ierr.Cancelled, "cancelled", nil)
	}
	p := v1.Problem{
		Title:  say.T("api.kind."+e.Kind.String(), nil),
		Status: e.Kind.HTTP(),
		Detail: say.Error(e),
		Kind:   e.Kind.String(),
		Code:   e.Code,
		Args:   plainArgs(e.Args, say),
	}
	if pos, ok := e.Args["pos"].(int); ok {
		end, _ := e.Args["end"].(int)
		suggest, _ := e.Args["suggest"].(string)
		p.Place = &v1.Place{Pos: pos, End: end, Suggest: suggest}
	}
	return p
}

// plainArgs writes arguments that are texts by themselves, so that they travel
// as JSON.
func plainArgs(args ierr.Args, say *i18n.Printer) map[string]any {
	if len(args) == 0 {
		return nil
	}
	out := make(map[string]any, len(args))
	for name, v := range args {
		switch v := v.(type) {
		case i18n.Key:
			out[name] = say.T(string(v), nil)
		case error:
			out[name] = say.Error(v)
		default:
			out[name] = v
		}
	}
	return out
}

// refuse turns an error of a handler into its answer, and logs what is the
// program's own fault.
func refuse(ctx context.Context, log *slog.Logger, err error) error {
	r := &refusal{Problem(err, printer(ctx))}
	if r.Status >= http.StatusInternalServerError && r.Kind != ierr.Busy.String() {
		log.Error("request failed", "err", err)
	}
	return r
}

// inOurWords turns the framework's own refusals of a request's form into
// problems.
func inOurWords(ctx huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	kind, code := ierr.Invalid, "api.request"
	if m.Status == http.StatusRequestEntityTooLarge {
		kind, code = ierr.TooLarge, "api.body"
	}
	var places []string
	for _, d := range m.Errors {
		if d != nil {
			places = append(places, strings.TrimPrefix(d.Location+": ", ": ")+d.Message)
		}
	}
	if len(places) == 0 {
		places = []string{m.Detail}
	}
	p := Problem(ierr.New(kind, code, ierr.Args{"places": places, "limit": int64(maxBody)}), printer(ctx.Context()))
	p.Status = m.Status
	return &refusal{p}, nil
}
