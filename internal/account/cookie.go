package account

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// The names of the session's cookie. The prefix makes browsers hold it to
// https, this very host and every path.
const (
	cookieName       = "onewindow"
	secureCookieName = "__Host-onewindow"
)

// fromProxy tells whether a request came through a proxy on this machine, whose
// word about the reader counts.
func fromProxy(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && peer.Addr().IsLoopback()
}

// IsSecure tells whether a reader's connection is encrypted: here, or up to the
// proxy on this machine that says so.
func IsSecure(r *http.Request) bool {
	return r.TLS != nil || fromProxy(r) && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// AddressOf returns the address that a request came from: that of the connection
// or, through a proxy on this machine, the last one that the proxy names.
func AddressOf(r *http.Request) string {
	if fromProxy(r) {
		all := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if ip, err := netip.ParseAddr(strings.TrimSpace(all[len(all)-1])); err == nil {
			return ip.String()
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// cookie makes the session's cookie. It lasts until the browser is closed, or
// the session ends.
func cookie(r *http.Request, token string) *http.Cookie {
	c := &http.Cookie{Name: cookieName, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if IsSecure(r) {
		c.Name, c.Secure = secureCookieName, true
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// tokenOf returns the session token that a request carries, "" for none.
func tokenOf(r *http.Request) string {
	c, err := r.Cookie(cookie(r, "").Name)
	if err != nil {
		return ""
	}
	return c.Value
}

// Identify puts the person who is signed in into the context of each request.
// What is answered to them is kept by no cache.
func (a *Accounts) Identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := tokenOf(r)
		if token == "" || IsOwner(r.Context()) {
			next.ServeHTTP(w, r)
			return
		}
		p, s, ok, err := a.Lookup(r.Context(), token)
		if err != nil {
			a.config.Log.Error("a session could not be read", "err", err)
		}
		if ok {
			w.Header().Set("Cache-Control", "private, no-store")
			r = r.WithContext(context.WithValue(r.Context(), visitorKey, visitor{p, s}))
		}
		next.ServeHTTP(w, r)
	})
}

// Begin signs a reader in. The session that the browser had ends, and a new one
// begins under another token. Errors are those of SignIn.
func (a *Accounts) Begin(w http.ResponseWriter, r *http.Request, login, password string) (Person, error) {
	token, p, err := a.SignIn(r.Context(), Attempt{login, password, AddressOf(r), r.UserAgent()})
	if err != nil {
		return Person{}, err
	}
	if old := tokenOf(r); old != "" {
		if err := a.SignOut(r.Context(), old); err != nil {
			return Person{}, err
		}
	}
	http.SetCookie(w, cookie(r, token))
	return p, nil
}

// End signs a reader out of this browser.
func (a *Accounts) End(w http.ResponseWriter, r *http.Request) error {
	http.SetCookie(w, cookie(r, ""))
	return a.SignOut(r.Context(), tokenOf(r))
}

// Change changes the password of the person who is signed in, and goes on under
// a new session. Errors are those of ChangePassword.
func (a *Accounts) Change(w http.ResponseWriter, r *http.Request, old, password string) error {
	p, ok := PersonOf(r.Context())
	if !ok {
		return SignedIn.Admit(r.Context())
	}
	token, err := a.ChangePassword(r.Context(), p, old, password, AddressOf(r), r.UserAgent())
	if err == nil {
		http.SetCookie(w, cookie(r, token))
	}
	return err
}

// IsCurrent tells whether a session is the one of this request.
func IsCurrent(ctx context.Context, s Session) bool {
	v, ok := ctx.Value(visitorKey).(visitor)
	return ok && v.session.Hash == s.Hash
}
