package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"onewindow/internal/api/v1"
	"onewindow/internal/find"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// export writes every hit as a line of JSON. The trailer tells a reader that
// nothing is missing: what goes wrong after the first line can be told in no
// other way. Strangers share a number of places; a HEAD reads nothing.
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
		w.Header().Set("Content-Type", "application/x-ndjson")
		if r.Method == http.MethodHead {
			return
		}
		w.Header().Set("Trailer", v1.TrailerComplete)
		lines := json.NewEncoder(w)
		lines.SetEscapeHTML(false)
		n := 0
		err := s.Finder.Each(ctx, find.Public(), req, func(v *register.View) error {
			if in.Limit > 0 && n >= in.Limit {
				return errEnough
			}
			n++
			return lines.Encode(s.state(ctx, v, 0))
		})
		if err != nil && err != errEnough {
			s.Log.Warn("export broke off", "query", in.Query, "lines", n, "err", err)
			return
		}
		w.Header().Set(v1.TrailerComplete, "true")
	}, nil
}

var errEnough = ierr.New(ierr.Cancelled, "cancelled", nil)
