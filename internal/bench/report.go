package bench

import (
	"slices"
	"time"
)

// Report is what a run measured.
type Report struct {
	Machine Machine `json:"machine"`
	Kinds   string  `json:"kinds"`
	Seed    uint64  `json:"seed"`
	Figures
	Before   *Figures     `json:"before,omitempty"` // the same over fewer records, on the way
	Matching *Matching    `json:"matching,omitempty"`
	Files    *FileFigures `json:"files,omitempty"`
	XML      XMLFigures   `json:"xml"`
	Rival    *Rival       `json:"rival,omitempty"`
}

// Figures are what grows with the records.
type Figures struct {
	Records      int      `json:"records"`
	Build        Build    `json:"build"`
	OpenSeconds  float64  `json:"open_seconds"` // until a closed folder, in the system's cache still, answers
	Mix          Mix      `json:"mix"`
	Wider        *Mix     `json:"wider,omitempty"` // questions about rights of every kind
	Holders      *Holders `json:"holders,omitempty"`
	Counts       Counts   `json:"counts"`
	AskPeakBytes int64    `json:"ask_peak_bytes"` // most memory resident while questions were answered
}

// Holders tells how all rights of a party are found, across registers, with the
// first twenty, the exact total and five facets.
type Holders struct {
	Asked   int   `json:"asked"` // parties of all sizes
	All     Times `json:"all"`
	Largest Times `json:"largest"` // of the parties with most rights
	Rights  int64 `json:"rights"`  // of the largest one
}

// Matching tells how names are told apart that a register holds and nobody has
// looked at.
type Matching struct {
	Names   int     `json:"names"`
	Seconds float64 `json:"seconds"` // from opening until all parties are known
	Parties int     `json:"parties"`
}

// Machine says what the program ran on.
type Machine struct {
	System     string `json:"system"`
	Processors int    `json:"processors"` // that the program used
	Go         string `json:"go"`
}

// Build tells how records became findable. Rates are records in a second.
type Build struct {
	Seconds          float64 `json:"seconds"` // from an empty folder until all can be found
	Rate             float64 `json:"rate"`
	ProcessorSeconds float64 `json:"processor_seconds,omitempty"`
	PeakBytes        int64   `json:"peak_bytes,omitempty"` // most memory resident, mapped files included
	Size             Sizes   `json:"size"`
	Invention        float64 `json:"invention"`           // of documents, beforehand, on all processors
	Storing          float64 `json:"storing"`             // in the register, without an index
	Deriving         float64 `json:"deriving"`            // of index and columns from a register that is there
	LastRate         float64 `json:"last_rate,omitempty"` // of the records since the measurement before
	Resolving        float64 `json:"resolving,omitempty"` // seconds after that until all parties are known
	Rights           int64   `json:"rights"`              // that the records are about
}

// Sizes are bytes on disk.
type Sizes struct {
	Register int64 `json:"register"`
	Index    int64 `json:"index"`
	Columns  int64 `json:"columns"`
	Parties  int64 `json:"parties,omitempty"`
}

// Times summarises durations, in milliseconds.
type Times struct {
	N   int     `json:"n"`
	P50 float64 `json:"p50"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

// Mix tells how the forty kinds of questions were answered.
type Mix struct {
	All       Times   `json:"all"`
	Questions []Asked `json:"questions"`
	Views     Times   `json:"views"` // fetching the views of the hits, which is not part of All
}

// Asked is one kind of question.
type Asked struct {
	Number  int    `json:"number"`
	Name    string `json:"name"` // bench.question.<name> is its message
	Example string `json:"example"`
	Hits    int64  `json:"hits"` // found by a wording, on average
	Times
}

// Worst returns the kind of question with the longest answer.
func (m *Mix) Worst() Asked {
	return slices.MaxFunc(m.Questions, func(a, b Asked) int { return int(1e3 * (a.Max - b.Max)) })
}

// Counts tells how tables of counts by three dimensions were made.
type Counts struct {
	All    Times     `json:"all"`
	Tables []Counted `json:"tables"`
}

// Counted is one table.
type Counted struct {
	By    []string `json:"by"`
	Query string   `json:"query,omitempty"` // what was counted; "" for all records
	Rows  int      `json:"rows"`
	Total int64    `json:"total"`
	Times
}

// Worst returns the table that took longest.
func (c *Counts) Worst() Counted {
	return slices.MaxFunc(c.Tables, func(a, b Counted) int { return int(1e3 * (a.P50 - b.P50)) })
}

// FileFigures tells how official files were read. Rates are rows in a second.
type FileFigures struct {
	Files    int     `json:"files"`
	Rows     int64   `json:"rows"`
	ReadRate float64 `json:"read_rate"` // through the reader alone
	LoadRate float64 `json:"load_rate"` // until all could be found
}

// XMLFigures tells how the reader of XML alone did.
type XMLFigures struct {
	Documents          int64   `json:"documents"`
	Rate               float64 `json:"rate"` // documents in a second
	MegabytesPerSecond float64 `json:"megabytes_per_second"`
}

// Rival compares with SQLite's full-text index over the same records.
type Rival struct {
	Records   int     `json:"records"`
	BuildRate float64 `json:"build_rate"` // of the rival, from a register that is there
	OurRate   float64 `json:"our_rate"`   // of index and columns from the same register
	Bytes     int64   `json:"bytes"`      // of the rival's file
	OurBytes  int64   `json:"our_bytes"`  // of index and columns
	Compared  []Duel  `json:"compared"`   // question by question
	All       Times   `json:"theirs"`     // over the questions that both answered
	OurAll    Times   `json:"ours"`
	Ratio     float64 `json:"median_ratio"` // of the medians of these
}

// Duel is one kind of question put to both.
type Duel struct {
	Number   int    `json:"number"`
	Name     string `json:"name"`
	Theirs   Times  `json:"theirs"`
	Ours     Times  `json:"ours"`
	Skipped  string `json:"skipped,omitempty"` // the query that the rival's language cannot ask
	Differ   int    `json:"differ,omitempty"`  // wordings whose totals differ
	Witness  string `json:"witness,omitempty"` // one of them
	OurTotal int64  `json:"our_total"`         // over all wordings
	Total    int64  `json:"total"`             // of the rival
}

// durations are times of the same thing.
type durations []time.Duration

// times summarises by nearest rank.
func (d durations) times() Times {
	if len(d) == 0 {
		return Times{}
	}
	s := slices.Sorted(slices.Values(d))
	at := func(percent int) float64 {
		return float64(s[(len(s)*percent+99)/100-1].Microseconds()) / 1e3
	}
	return Times{N: len(s), P50: at(50), P99: at(99), Max: at(100)}
}
