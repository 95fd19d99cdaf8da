package web

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

// Limits of what a request may ask. What goes beyond is refused with the limit
// in the message.
const (
	MaxQuery  = 4096 // runes of a query
	MaxNumber = 64   // runes of a number or of a point in time
	MaxPage   = 500  // pages of a list
	PageSize  = 20   // items on a page
)

// text returns a parameter of at most limit runes, trimmed.
func (v *visit) text(name string, limit int) (string, error) {
	s := strings.TrimSpace(v.r.URL.Query().Get(name))
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", ierr.New(ierr.Invalid, "web.encoding", ierr.Args{"name": name})
	}
	if utf8.RuneCountInString(s) > limit {
		return "", ierr.New(ierr.Invalid, "web.long", ierr.Args{"name": name, "limit": limit})
	}
	return s, nil
}

// choice returns a parameter that must be one of the options; the first option
// stands for none.
func (v *visit) choice(name string, options ...string) (string, error) {
	s, err := v.text(name, MaxNumber)
	if err != nil || s == "" {
		return options[0], err
	}
	if !slices.Contains(options, s) {
		return "", ierr.New(ierr.Invalid, "web.choice", ierr.Args{"name": name, "options": options})
	}
	return s, nil
}

// pageNumber returns the page asked for, 1 when none is.
func (v *visit) pageNumber() (int, error) {
	s, err := v.text("page", MaxNumber)
	if err != nil || s == "" {
		return 1, err
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > MaxPage {
		return 0, ierr.New(ierr.Invalid, "web.page-number", ierr.Args{"limit": MaxPage})
	}
	return n, nil
}

// whole returns a parameter that holds a whole number from 0 on, 0 when it is empty.
func (v *visit) whole(name string) (int64, error) {
	s, err := v.text(name, MaxNumber)
	if err != nil || s == "" {
		return 0, err
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, ierr.New(ierr.Invalid, "web.whole", ierr.Args{"name": name})
	}
	return n, nil
}

// day returns a parameter that holds a day, zero when it is empty.
func (v *visit) day(name string) (date.Date, error) {
	s, err := v.text(name, MaxNumber)
	if err != nil || s == "" {
		return 0, err
	}
	d, err := date.Parse(s)
	if err != nil {
		return 0, ierr.New(ierr.Invalid, "web.day", ierr.Args{"name": name})
	}
	return d, nil
}

// id returns the permanent number in the path. What is no number names nothing.
func (v *visit) id() (int64, error) {
	id, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil || id < 1 || v.r.PathValue("id")[0] == '+' || v.r.PathValue("id")[0] == '0' {
		return 0, ierr.New(ierr.NotFound, "web.page", nil)
	}
	return id, nil
}
