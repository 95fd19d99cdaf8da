package server

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"onewindow/internal/api"
	"onewindow/internal/ierr"
)

// hostCheck lets requests through that name this server: by an address, as
// localhost, by the name in its own address, or by one of its further names. A
// page of a stranger can make a browser ask us under the stranger's own name
// (DNS rebinding), and would read our answers as its own.
func (s *Server) hostCheck(address string, next http.Handler) http.Handler {
	names := map[string]bool{"localhost": true}
	if u, err := url.Parse(address); err == nil {
		names[plainHost(u.Host)] = true
	}
	for _, name := range s.config.Hosts {
		names[plainHost(name)] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := plainHost(r.Host)
		if names[host] || strings.HasSuffix(host, ".localhost") || net.ParseIP(host) != nil {
			next.ServeHTTP(w, r)
			return
		}
		s.misdirected(w, r)
	})
}

// misdirected answers a request under a name that is not ours.
func (s *Server) misdirected(w http.ResponseWriter, r *http.Request) {
	s.turnAway(w, r, http.StatusMisdirectedRequest, ierr.New(ierr.Forbidden, "server.host", ierr.Args{"host": r.Host}))
}

// ownSite refuses requests that would change something and that a browser makes
// for a page of another site: they carry the reader's cookie, not their will. The
// local socket has no browsers.
func (s *Server) ownSite(next http.Handler) http.Handler {
	check := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !api.IsOwner(r.Context()) && check.Check(r) != nil {
			s.turnAway(w, r, http.StatusForbidden, ierr.New(ierr.Forbidden, "server.cross-origin", nil))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// turnAway answers a request that comes to nobody.
func (s *Server) turnAway(w http.ResponseWriter, r *http.Request, status int, err error) {
	say := s.config.Catalogs.Printer(s.config.Catalogs.Match(r.Header.Get("Accept-Language")))
	p := api.Problem(err, say)
	p.Status = status
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Language", say.Lang())
	// A reader who is gone already misses nothing.
	if strings.HasPrefix(r.URL.Path, "/api/") {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(p.Status)
		_ = json.NewEncoder(w).Encode(p)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(p.Status)
	_, _ = fmt.Fprintln(w, p.Detail)
}

// plainHost returns a host without its port, in small letters; an IPv6 address
// loses its brackets, a name the dot that may end it.
func plainHost(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.TrimSuffix(strings.ToLower(strings.TrimSpace(host)), ".")
}
