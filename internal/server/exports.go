package server

import "onewindow/internal/ierr"

// maxExports is how many exports strangers can run at one time: each reads
// every record that it writes, and may take as long as its reader likes.
const maxExports = 4

// exports counts the exports under way.
type exports chan struct{}

// begin takes a place, which done gives back; Busy when there is none.
func (e exports) begin() (done func(), err error) {
	select {
	case e <- struct{}{}:
		return func() { <-e }, nil
	default:
		return nil, ierr.New(ierr.Busy, "server.exports", ierr.Args{"limit": cap(e)})
	}
}
