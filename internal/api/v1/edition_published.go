package v1

import "time"

// PublishPaper asks for the next edition of a paper.
type PublishPaper struct {
	Status string `json:"status" enum:"provisional,revised,final"`
	Reason string `json:"reason,omitempty" maxLength:"1000" doc:"Of a revision: every edition but the first has one."`
	By     string `json:"by,omitempty" maxLength:"200" doc:"Who publishes, for those who own the data folder; people who are signed in sign themselves."`
}

// Editions are what was published, the newest first.
type Editions struct {
	Mark
	Editions []Edition `json:"editions"`
}

// Edition is a paper as it was published.
type Edition struct {
	Paper    string        `json:"paper"`
	Edition  int           `json:"edition"`
	Title    string        `json:"title"`
	Status   Class         `json:"status"`
	Released string        `json:"released"`
	At       time.Time     `json:"at"`
	Reason   string        `json:"reason,omitempty"`
	Sample   bool          `json:"sample"`
	State    int64         `json:"state" doc:"Of the register."`
	Approval int64         `json:"approval" doc:"Of the returns."`
	Figures  int           `json:"figures"`
	Hash     string        `json:"hash" doc:"SHA-256 of the edition, which the log holds."`
	Head     string        `json:"head" doc:"Signed head of the log before the edition."`
	Files    []EditionFile `json:"files"`
}

// EditionFile is a file of an edition.
type EditionFile struct {
	Name   string `json:"name"`
	Format string `json:"format"`
	Lang   string `json:"lang,omitempty"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// EditionParams name an edition.
type EditionParams struct {
	ID string `path:"id" maxLength:"64"`
	N  int    `path:"n" minimum:"0" doc:"0 is the last one."`
}

// EditionFileParams name a file of an edition.
type EditionFileParams struct {
	EditionParams
	Name string `path:"name" maxLength:"200"`
}

// DiffParams name two editions of a paper.
type DiffParams struct {
	ID   string `path:"id" maxLength:"64"`
	From int    `query:"from" minimum:"1" required:"true"`
	To   int    `query:"to" minimum:"1" required:"true"`
}

// EditionDiff is what two editions differ in.
type EditionDiff struct {
	Mark
	Paper   string         `json:"paper"`
	From    int            `json:"from"`
	To      int            `json:"to"`
	Same    int            `json:"same" doc:"Figures that are the same in both."`
	Changes []FigureChange `json:"changes"`
}

// FigureChange is a figure that differs.
type FigureChange struct {
	Figure string   `json:"figure"`
	Name   string   `json:"name"`
	Before string   `json:"before,omitempty"`
	After  string   `json:"after,omitempty"`
	Why    []Class  `json:"why"`
	By     []string `json:"by,omitempty" doc:"Of a computed figure: those that it was computed from and that differ."`
	Loads  []int64  `json:"loads,omitempty" doc:"Loads between the states that the two rest on."`
}
