package v1

import "time"

// Status says what a server serves.
type Status struct {
	Mark
	Version      string     `json:"version"`
	Region       string     `json:"region" doc:"Id of the region's pack."`
	RegionName   string     `json:"region_name"`
	Created      time.Time  `json:"created" doc:"When the data folder was made."`
	Records      int64      `json:"records" doc:"Rights held."`
	Publications int64      `json:"publications" doc:"Documents held."`
	Zone         string     `json:"zone" doc:"The time zone in which days end."`
	Dimensions   []string   `json:"dimensions" doc:"What counts may be broken down by."`
	Jobs         int        `json:"jobs" doc:"Jobs that wait or run."`
	Server       ServerInfo `json:"server"`
}

// ServerInfo names the process that answers. Readers over the network see
// neither the folder nor the process.
type ServerInfo struct {
	Data    string    `json:"data,omitempty" doc:"Path of the data folder."`
	PID     int       `json:"pid,omitempty"`
	Started time.Time `json:"started"`
	Address string    `json:"address,omitempty" doc:"Where its pages are, when it serves pages."`
}

// Region is an administrative unit of a region pack.
type Region struct {
	Code       string            `json:"code"`
	Label      string            `json:"label"`
	Names      map[string]string `json:"names,omitempty" doc:"By language."`
	Aliases    []string          `json:"aliases,omitempty"`
	Level      string            `json:"level" doc:"province, city or county."`
	Kind       string            `json:"kind"`
	Parent     string            `json:"parent,omitempty"`
	From       string            `json:"from,omitempty" doc:"First day of validity."`
	To         string            `json:"to,omitempty" doc:"Last day of validity."`
	Successors []string          `json:"successors,omitempty"`
}

// Regions are the units of the region served.
type Regions struct {
	Mark
	Pack  string   `json:"pack"`
	Units []Region `json:"units"`
}
