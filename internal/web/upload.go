package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"onewindow/internal/ierr"
)

// upload is a file that came with a form.
type upload struct {
	Name string
	Data []byte
}

// maxUploadParts bounds the parts of a form with a file.
const maxUploadParts = 64

// uploaded returns the values of a form with one file, named name, of at most limit
// bytes. The file is held in memory: limit is small.
func (v *visit) uploaded(name string, limit int64) (url.Values, *upload, error) {
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return nil, nil, ierr.Wrap(err, ierr.Unsupported, "web.form.type", nil)
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, limit+maxForm)
	parts, err := v.r.MultipartReader()
	if err != nil {
		return nil, nil, ierr.Wrap(err, ierr.Invalid, "web.form.broken", nil)
	}
	values := url.Values{}
	var file *upload
	for range maxUploadParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return values, file, nil
		}
		if err != nil {
			return nil, nil, brokenUpload(err, limit)
		}
		most := int64(maxForm)
		if part.FormName() == name {
			most = limit
		}
		b, err := io.ReadAll(io.LimitReader(part, most+1))
		if err != nil {
			return nil, nil, brokenUpload(err, limit)
		}
		if int64(len(b)) > most {
			return nil, nil, ierr.New(ierr.TooLarge, "web.form.large", ierr.Args{"limit": most})
		}
		if part.FormName() == name {
			if part.FileName() != "" {
				file = &upload{part.FileName(), b}
			}
			continue
		}
		values.Set(part.FormName(), string(b))
	}
	return nil, nil, ierr.New(ierr.TooLarge, "web.form.large", ierr.Args{"limit": limit})
}

func brokenUpload(err error, limit int64) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return ierr.Wrap(err, ierr.TooLarge, "web.form.large", ierr.Args{"limit": limit})
	}
	return ierr.Wrap(err, ierr.Invalid, "web.form.broken", nil)
}
