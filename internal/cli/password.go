package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// password returns a password for a person: one line of standard input, or what
// is typed twice on the terminal and not shown.
func (a *app) password(login string, piped bool) (string, error) {
	if piped {
		return a.pipedPassword()
	}
	if a.Secret == nil {
		return "", ierr.New(ierr.Invalid, "cli.password-terminal", nil)
	}
	first, err := a.typed(a.t("cli.password", ierr.Args{"login": login}))
	if err != nil {
		return "", err
	}
	second, err := a.typed(a.t("cli.password-again", nil))
	if err == nil && first != second {
		err = ierr.New(ierr.Invalid, "cli.password-unlike", nil)
	}
	return first, err
}

// typed asks for a line that is not shown.
func (a *app) typed(prompt string) (string, error) {
	fmt.Fprint(a.Err, prompt)
	s, err := a.Secret()
	fmt.Fprintln(a.Err)
	return s, unread(err)
}

// pipedPassword reads the first line of standard input.
func (a *app) pipedPassword() (string, error) {
	if a.In == nil {
		return "", unread(io.EOF)
	}
	line, err := bufio.NewReader(io.LimitReader(a.In, v1.MaxPassword+2)).ReadString('\n')
	if err != nil && !(errors.Is(err, io.EOF) && line != "") {
		return "", unread(err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func unread(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return ierr.Wrap(err, ierr.Cancelled, "cancelled", nil)
	}
	return ierr.Wrap(err, ierr.Invalid, "cli.password-read", ierr.Args{"reason": err.Error()})
}
