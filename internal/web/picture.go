package web

import (
	"net/http"

	"onewindow/internal/ierr"
)

// servePicture serves a picture under the hash of its bytes. What a delivery brought
// is shown and never run: it may use nothing and be framed by nobody.
func servePicture(v *visit) error {
	if v.site.Pictures == nil {
		return ierr.New(ierr.NotFound, "web.page", nil)
	}
	b, kind, err := v.site.Pictures(v.r.PathValue("hash"))
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if v.r.Method == http.MethodHead {
		return nil
	}
	_, err = v.w.Write(b)
	return err
}
