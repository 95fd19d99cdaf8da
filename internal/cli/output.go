package cli

import (
	"errors"
	"io"

	"onewindow/internal/ierr"
)

// output is where answers go. That it cannot be written is told as such: the
// program is not to blame for a full disk.
type output struct{ io.Writer }

func (o output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil {
		reason := err
		for next := errors.Unwrap(reason); next != nil; next = errors.Unwrap(reason) {
			reason = next
		}
		err = ierr.Wrap(err, ierr.Internal, "cli.output", ierr.Args{"reason": reason.Error()})
	}
	return n, err
}
