package v1

// Papers are the papers that the definitions hold for the region.
type Papers struct {
	Mark
	Papers []Paper `json:"papers"`
}

// Paper is a paper as it is defined.
type Paper struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Period    string   `json:"period"`
	Languages []string `json:"languages"`
	Tables    int      `json:"tables"`
	Charts    int      `json:"charts"`
}

// PaperID names a paper.
type PaperID struct {
	ID string `path:"id" maxLength:"64"`
}

// PaperCheck is what the checks of a paper found, with the figures of now.
type PaperCheck struct {
	Mark
	Paper     Paper         `json:"paper"`
	Figures   int           `json:"figures" doc:"Figures that it states."`
	Relations int           `json:"relations" doc:"Relations among them that were looked at."`
	Explained int           `json:"explained"`
	Claims    int           `json:"claims" doc:"Claims of titles that were looked at."`
	Open      []PaperFault  `json:"open" doc:"What stops publication."`
	Notes     []PaperReason `json:"notes" doc:"Notes that explain what does not add up."`
	Seconds   float64       `json:"seconds"`
}

// PaperFault is a check that is open.
type PaperFault struct {
	Where string `json:"where" doc:"File and line, or figure."`
	Text  string `json:"text"`
}

// PaperReason is a note that explains something.
type PaperReason struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}
