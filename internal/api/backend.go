package api

import (
	"log/slog"
	"time"

	"onewindow/internal/find"
	"onewindow/internal/folder"
	"onewindow/internal/i18n"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// Backend is what the API answers from.
type Backend struct {
	Register *register.Register
	Finder   *find.Finder
	Jobs     Jobs
	Region   *region.Pack
	Catalogs *i18n.Catalogs
	Log      *slog.Logger

	Sample  bool // the records are invented
	Marker  folder.Marker
	Data    string        // path of the data folder
	Address func() string // where pages are served, "" when nowhere
	Started time.Time
	Version string
}
