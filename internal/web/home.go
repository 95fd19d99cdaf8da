package web

import (
	"net/http"

	"onewindow/internal/ierr"
)

// serveLanguage leads from / to the home page in the reader's language.
func serveLanguage(v *visit) error {
	v.w.Header().Set("Vary", "Accept-Language")
	return v.redirect("/" + v.lang + "/")
}

// homePage is the body of the home page.
type homePage struct {
	Overview
	CityBars []bar
}

func serveHome(v *visit) error {
	overview, err := v.site.Register.Overview(v.ctx(), v.lang)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "home", page{Section: "home", Body: homePage{overview, barsOf(overview.Cities)}})
}

// serveNothing answers paths that name no page.
func serveNothing(*visit) error { return ierr.New(ierr.NotFound, "web.page", nil) }

// serveHealth tells that the process answers requests.
func serveHealth(v *visit) error {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-store")
	_, err := v.w.Write([]byte("ok\n"))
	return err
}
