package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"onewindow/internal/api/v1"
	"onewindow/internal/export"
	"onewindow/internal/find"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// ndjson is the format that holds a whole record a line.
const ndjson = "ndjson"

// export writes every hit in a format. The trailer tells a reader that nothing is
// missing; what goes wrong after the first byte cuts the connection.
// Strangers share a number of places; a HEAD reads nothing.
func (s *server) export(ctx context.Context, in *v1.ExportParams) (func(huma.Context), error) {
	req, err := s.request(ctx, in.Query, in.Unit, in.Sort, in.AsOf)
	if err != nil {
		return nil, err
	}
	check := req
	check.Limit = 0
	if _, err := s.Finder.Search(ctx, find.Public(), check); err != nil {
		return nil, told(err, in.Query)
	}
	return func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		if r.Method != http.MethodHead && !IsOwner(ctx) {
			done, err := s.Export()
			if err != nil {
				write(s.api, hc, err)
				return
			}
			defer done()
		}
		out := &exported{ResponseWriter: w, head: func() { s.exportHead(w.Header(), in.Format) }}
		if r.Method == http.MethodHead {
			out.head()
			return
		}
		report, err := s.exportTo(ctx, req, in, out)
		if err != nil && !out.begun {
			write(s.api, hc, told(err, in.Query))
			return
		}
		if err != nil {
			s.Log.Warn("export broke off", "query", in.Query, "format", in.Format, "err", err)
			panic(http.ErrAbortHandler) // nobody may take a part for the whole
		}
		out.begin()
		w.Header().Set(v1.TrailerComplete, "true")
		if left := report.Left(); left > 0 {
			w.Header().Set(v1.TrailerLeftOut, strconv.Itoa(left))
		}
	}, nil
}

func (s *server) exportHead(h http.Header, format string) {
	h.Set("Trailer", v1.TrailerComplete+", "+v1.TrailerLeftOut)
	if format == ndjson {
		h.Set("Content-Type", "application/x-ndjson")
		return
	}
	f := export.Format(format)
	h.Set("Content-Type", f.MediaType())
	h.Set("Content-Disposition", `attachment; filename="`+f.FileName(s.Sample)+`"`)
}

// exportTo writes the hits to w.
func (s *server) exportTo(ctx context.Context, req find.Request, in *v1.ExportParams, w io.Writer) (*export.Report, error) {
	if in.Format != ndjson {
		return s.Write(ctx, printer(ctx).Lang(), req, export.Format(in.Format), in.Limit, w)
	}
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	report := &export.Report{}
	err := s.Finder.Each(ctx, find.Public(), req, nil, func(v *register.View) error {
		if in.Limit > 0 && report.Written >= in.Limit {
			return errEnough
		}
		report.Written++
		return lines.Encode(s.state(ctx, v, register.AsOf{}))
	})
	if err == errEnough {
		err = nil
	}
	return report, err
}

var errEnough = ierr.New(ierr.Cancelled, "cancelled", nil)

// exported sends the head of an answer before its first byte: until then a refusal
// can still take its place.
type exported struct {
	http.ResponseWriter
	head  func()
	begun bool
}

func (e *exported) begin() {
	if !e.begun {
		e.begun = true
		e.head()
	}
}

func (e *exported) Write(p []byte) (int, error) {
	e.begin()
	return e.ResponseWriter.Write(p)
}
