package web

import (
	"net/http"

	"onewindow/internal/api/v1"
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
	CityBars  []bar
	Headlines []v1.Figure // a few figures of the region
}

func serveHome(v *visit) error {
	overview, err := v.site.Register.Overview(v.ctx(), v.lang)
	if err != nil {
		return err
	}
	body := homePage{Overview: overview, CityBars: barsOf(overview.Cities)}
	if v.site.Figures != nil {
		if body.Headlines, err = v.site.Figures.Headlines(v.ctx(), v.lang); err != nil {
			return err
		}
	}
	return v.render(http.StatusOK, "home", page{Section: "home", Body: body})
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
