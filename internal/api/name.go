package api

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// RecordPath names a record by its id or any of its numbers.
type RecordPath struct {
	ID string `path:"id" minLength:"1" maxLength:"100" doc:"Any number of the record in any spelling, or its id, written id:4711. At most six digits alone are an id as well; more are a number."`
}

// idMark begins the spelling of an id that can be nothing else.
const idMark = "id:"

// maxBareID is how many digits alone are read as an id: the numbers of
// publications and applications have seven and more.
const maxBareID = 6

// idOf reads the name of a right as an id; named is false where the name is a
// number of the right instead.
func idOf(name string) (id int64, named bool, err error) {
	digits := strings.TrimSpace(name)
	marked := false
	if s := strings.Replace(digits, "：", ":", 1); len(s) >= len(idMark) && strings.EqualFold(s[:len(idMark)], idMark) {
		digits, marked = strings.TrimSpace(s[len(idMark):]), true
	}
	if !marked && len(digits) > maxBareID {
		return 0, false, nil
	}
	id, parseErr := strconv.ParseInt(digits, 10, 64)
	switch {
	case parseErr == nil && id > 0:
		return id, true, nil
	case marked:
		return 0, true, ierr.New(ierr.Invalid, "api.id", ierr.Args{"value": name})
	}
	return 0, false, nil
}

// view finds the right that a request names by its id or by a number.
func (s *server) view(ctx context.Context, name string, at register.AsOf) (*register.View, error) {
	id, named, err := idOf(name)
	switch {
	case err != nil:
		return nil, err
	case named:
		return s.Register.ByID(ctx, id, at)
	}
	return s.Register.ByNumber(ctx, name, at)
}
