package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
)

const (
	flashCookie = "onewindow-flash"
	maxFlash    = 2048 // bytes of a message on its way
)

// flashed is a message on its way to the next page.
type flashed struct {
	Key  string            `json:"k"`
	Args map[string]string `json:"a,omitempty"`
}

// flash has the next page that the reader sees say that something was done. key
// names the message "flash.<key>"; args are texts that it names. The
// message travels in a cookie: it carries no secrets.
func (v *visit) flash(key string, args map[string]string) {
	b, err := json.Marshal(flashed{key, args})
	if err != nil || len(b) > maxFlash {
		return // the act is done; only the word of it is lost
	}
	http.SetCookie(v.w, v.flashCookie(base64.RawURLEncoding.EncodeToString(b), 60))
}

func (v *visit) flashCookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: flashCookie, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: account.IsSecure(v.r),
	}
}

// takeFlash returns the message that waits, once.
func (v *visit) takeFlash() string {
	c, err := v.r.Cookie(flashCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(v.w, v.flashCookie("", -1))
	var m flashed
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(b) > maxFlash || json.Unmarshal(b, &m) != nil || !v.print.Has("flash."+m.Key) {
		return ""
	}
	args := ierr.Args{}
	for name, text := range m.Args {
		args[name] = text
	}
	return v.print.T("flash."+m.Key, args)
}
