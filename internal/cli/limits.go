package cli

import (
	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// within refuses a number that a flag does not take, with what to do instead:
// the text err.<code> names flag, low, high and what was given.
func within(code, flag string, n, low, high int) error {
	if n < low || n > high {
		return ierr.New(ierr.Invalid, code, ierr.Args{"flag": flag, "value": int64(n), "low": int64(low), "high": int64(high)})
	}
	return nil
}

// checkPage refuses what no page of a list may ask for.
func checkPage(p v1.Page) error {
	if err := within("cli.range", "offset", p.Offset, 0, v1.MaxOffset); err != nil {
		return err
	}
	return within("cli.range-page", "limit", p.Limit, 1, v1.MaxLimit)
}

// checkSearch refuses what no page of hits may ask for.
func checkSearch(p v1.SearchParams) error {
	if err := within("cli.range-hits", "offset", p.Offset, 0, v1.MaxReach); err != nil {
		return err
	}
	return within("cli.range-hits", "limit", p.Limit, 1, v1.MaxLimit)
}
