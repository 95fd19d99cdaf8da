package server

import (
	"io/fs"

	"onewindow/internal/lifecycle"
	"onewindow/internal/workday"
)

// calendar is the calendar of working days by which limits roll.
const calendar = "cn"

// openLives reads the rules of the lives of rights.
func openLives(defs fs.FS) (*lifecycle.Rules, error) {
	days, err := workday.Load(defs, calendar)
	if err != nil {
		return nil, err
	}
	return lifecycle.Load(defs, days)
}
