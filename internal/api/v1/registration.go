package v1

// Registration is what registers say of a right beyond its publications.
type Registration struct {
	Status *SourceStatus `json:"status,omitempty" doc:"The latest state in a source's own words."`
	Days   []Day         `json:"days,omitempty"`
	Sign   *Sign         `json:"mark,omitempty" doc:"INID (540)."`
	Goods  []Goods       `json:"goods,omitempty" doc:"INID (511)."`
	Images []Image       `json:"images,omitempty"`
	Facts  []Fact        `json:"facts,omitempty" doc:"What only some kinds of right have."`
	Life   *Life         `json:"life,omitempty" doc:"Its state and what comes next, computed as of a day."`
}

// SourceStatus is the state of a right in a source's words.
type SourceStatus struct {
	State  Class  `json:"state"`
	Text   string `json:"text,omitempty" doc:"The source's own word or code."`
	Date   string `json:"date,omitempty"`
	Source int    `json:"source"`
}

// Day is a day by name.
type Day struct {
	Day    Class  `json:"day"`
	Date   string `json:"date"`
	Source int    `json:"source"`
}

// Sign is a trademark's sign.
type Sign struct {
	Form        Class   `json:"form"`
	Types       []Class `json:"types,omitempty"`
	Words       []Name  `json:"words,omitempty"`
	Description []Name  `json:"description,omitempty"`
	Disclaimer  []Name  `json:"disclaimer,omitempty"`
	Colours     string  `json:"colours,omitempty"`
	Source      int     `json:"source"`
}

// Goods are goods or services of one class.
type Goods struct {
	Class  string   `json:"class,omitempty" doc:"Nice classification."`
	Groups []string `json:"groups,omitempty" doc:"Chinese similar groups."`
	Texts  []Name   `json:"texts,omitempty"`
	Since  string   `json:"since,omitempty" doc:"First use for them."`
	Status string   `json:"status,omitempty"`
	Source int      `json:"source"`
}

// Image is a picture that a source names.
type Image struct {
	Use    Class  `json:"use"`
	Name   string `json:"name"`
	Format string `json:"format,omitempty"`
	Text   string `json:"text,omitempty"`
	Source int    `json:"source"`
}

// Fact is a value by name.
type Fact struct {
	Fact   Class  `json:"fact"`
	Lang   string `json:"lang,omitempty"`
	Text   string `json:"text"`
	Source int    `json:"source"`
}

// Life is the state of a right as of a day.
type Life struct {
	On        string    `json:"on"`
	State     Class     `json:"state"`
	Since     string    `json:"since,omitempty"`
	Certainty Class     `json:"certainty" doc:"derived, stated or last_known."`
	AsOf      string    `json:"as_of,omitempty" doc:"Up to when any source speaks of it."`
	Law       *Law      `json:"law,omitempty"`
	Source    int       `json:"source" doc:"-1 where a rule brought the state."`
	Ends      string    `json:"ends,omitempty" doc:"The end of its term."`
	Endless   bool      `json:"endless,omitempty" doc:"No term while its conditions hold."`
	TermLaw   *Law      `json:"term_law,omitempty"`
	Next      []DueStep `json:"next,omitempty" doc:"What falls due, the soonest first."`
	Overlays  []Overlay `json:"overlays,omitempty"`
	Notes     []string  `json:"notes,omitempty"`
}

// Law is the rule behind something.
type Law struct {
	Text     string `json:"text"`
	Verified bool   `json:"verified" doc:"Read in the text of the instrument."`
}

// DueStep is something that falls due.
type DueStep struct {
	Step        Class  `json:"step"`
	Opens       string `json:"opens,omitempty"`
	Due         string `json:"due"`
	Grace       string `json:"grace,omitempty" doc:"Last day with a surcharge."`
	Provisional bool   `json:"provisional,omitempty" doc:"The holidays of that year are not known yet."`
	Fen         int64  `json:"fen,omitempty" doc:"Fee in fen."`
	Then        *Class `json:"then,omitempty" doc:"What follows if nothing is done."`
	Law         *Law   `json:"law,omitempty"`
}

// Overlay is something that lies on a right beside its state.
type Overlay struct {
	Overlay Class  `json:"overlay"`
	Since   string `json:"since"`
	Until   string `json:"until,omitempty"`
	Source  int    `json:"source"`
}
