package v1

import "time"

// QualityCount counts the cases of one kind of doubt.
type QualityCount struct {
	Kind    Class `json:"kind"`
	Open    int   `json:"open" doc:"Cases that wait for a decision."`
	Groups  int   `json:"groups" doc:"Groups of like ones among them."`
	Decided int   `json:"decided"`
}

// QualityPart counts the open cases of one load or one format, by kind.
type QualityPart struct {
	Load   int64          `json:"load,omitempty"`
	Label  string         `json:"label,omitempty" doc:"Of the load."`
	Format string         `json:"format,omitempty"`
	Open   map[string]int `json:"open"`
}

// QualitySummary is what waits for a decision.
type QualitySummary struct {
	Mark
	Kinds   []QualityCount `json:"kinds"`
	Loads   []QualityPart  `json:"loads"`
	Formats []QualityPart  `json:"formats"`
}

// QualityListParams choose among doubts of one kind.
type QualityListParams struct {
	Load    int64  `query:"load" minimum:"0"`
	Source  string `query:"source" maxLength:"100" doc:"The format that the doubt stands in."`
	Field   string `query:"field" maxLength:"40" doc:"Of conflicts: the field."`
	Flag    string `query:"flag" maxLength:"100" doc:"Of values: the flag."`
	Decided bool   `query:"decided" doc:"What was decided, in place of what is open."`
	Offset  int    `query:"offset" minimum:"0" maximum:"100000000"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// QualityItem is a group of like cases, or one case.
type QualityItem struct {
	Case     string `json:"case" doc:"Of a group the case that stands for it."`
	Question string `json:"question" doc:"What is to be decided."`
	Says     string `json:"says,omitempty" doc:"What is doubtful about it, as the source prints it."`
	Record   string `json:"record,omitempty" doc:"A number of the right."`
	Open     int    `json:"open" doc:"Like cases that are open."`
	Decided  int    `json:"decided"`
	Load     int64  `json:"load,omitempty"`
	Format   string `json:"format,omitempty"`
	Decision string `json:"decision,omitempty" doc:"That settles the case."`
}

// QualityList is groups of like cases, those on which most hangs first, or the cases
// of one group.
type QualityList struct {
	Mark
	Kind   Class         `json:"kind"`
	Groups int           `json:"groups" doc:"Groups in all."`
	Cases  int           `json:"cases" doc:"Cases in all."`
	Items  []QualityItem `json:"items"`
}

// QualityFact is a piece of evidence.
type QualityFact struct {
	What Class  `json:"what"`
	Text string `json:"text"`
	Note string `json:"note,omitempty"`
}

// QualitySource is what one entry of a source says of what is in doubt.
type QualitySource struct {
	File     string `json:"file"`
	Member   string `json:"member,omitempty"`
	Row      int64  `json:"row"`
	Format   string `json:"format"`
	Load     int64  `json:"load"`
	Document string `json:"document"`
	Issued   string `json:"issued,omitempty"`
	Says     string `json:"says"`
	Doubtful bool   `json:"doubtful,omitempty" doc:"The entry that the doubt is about."`
}

// QualityChoice is one way to settle a case.
type QualityChoice struct {
	Act     Class  `json:"act"`
	Value   string `json:"value,omitempty" doc:"To be given with the act; where there is none and the act needs one, a person names it."`
	Label   string `json:"label,omitempty" doc:"What the value means."`
	Field   string `json:"field,omitempty" doc:"Of a correction."`
	Free    bool   `json:"free,omitempty" doc:"A person names the value."`
	Like    bool   `json:"like" doc:"It can be decided for all like cases."`
	Reason  string `json:"reason,omitempty" doc:"Why it is among the choices."`
	Present string `json:"present,omitempty" doc:"Of a correction: what the field says now."`
}

// QualityCase is one doubt with its evidence.
type QualityCase struct {
	Mark
	ID        string           `json:"id"`
	Kind      Class            `json:"kind"`
	Question  string           `json:"question"`
	Record    int64            `json:"record,omitempty"`
	Number    string           `json:"number,omitempty" doc:"A number of the right."`
	Title     string           `json:"title,omitempty"`
	Load      int64            `json:"load,omitempty"`
	Format    string           `json:"format,omitempty"`
	Evidence  []QualityFact    `json:"evidence"`
	Sources   []QualitySource  `json:"sources"`
	Choices   []QualityChoice  `json:"choices"`
	Alike     int              `json:"alike" doc:"Cases of its group, itself among them."`
	AlikeOpen int              `json:"alike_open"`
	Why       string           `json:"why" doc:"What makes cases alike."`
	Decision  *QualityDecision `json:"decision,omitempty" doc:"That settles it."`
}

// QualityCaseParam names a case.
type QualityCaseParam struct {
	Case string `query:"case" minLength:"1" maxLength:"400" required:"true" doc:"As the lists name it, region:17."`
}

// QualityAlikeParams ask for the cases that are alike.
type QualityAlikeParams struct {
	QualityCaseParam
	All    bool `query:"all" doc:"Those decided among them."`
	Offset int  `query:"offset" minimum:"0" maximum:"100000000"`
	Limit  int  `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// QualityDecide decides a case.
type QualityDecide struct {
	Case   string `json:"case" minLength:"1" maxLength:"400"`
	Act    string `json:"act" enum:"dismiss,return,accept,correct,assign,believe,merge,differ"`
	Field  string `json:"field,omitempty" maxLength:"40" doc:"Of a correction: application, filed, title, holder, address or postcode."`
	Value  string `json:"value,omitempty" maxLength:"2000"`
	Like   bool   `json:"like,omitempty" doc:"For all like cases, those loaded later among them."`
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	Author string `json:"author,omitempty" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
}

// QualityDecision is a decision as it is recorded.
type QualityDecision struct {
	ID           string     `json:"id"`
	Kind         Class      `json:"kind"`
	Act          Class      `json:"act"`
	Case         string     `json:"case,omitempty"`
	Like         bool       `json:"like,omitempty"`
	Cases        int64      `json:"cases" doc:"That it settled when it was made."`
	Field        string     `json:"field,omitempty"`
	Was          string     `json:"was,omitempty"`
	Value        string     `json:"value,omitempty"`
	Label        string     `json:"label,omitempty" doc:"What the value means."`
	Reason       string     `json:"reason"`
	Author       string     `json:"author"`
	Made         time.Time  `json:"made"`
	State        int64      `json:"state,omitempty" doc:"The state of the register that it made."`
	Undone       *time.Time `json:"undone,omitempty"`
	UndoneBy     string     `json:"undone_by,omitempty"`
	UndoneReason string     `json:"undone_reason,omitempty"`
}

// QualityDecisionsParams choose among decisions.
type QualityDecisionsParams struct {
	Kind   string `query:"kind" enum:"conflict,region,holder-type,party,value,reject,"`
	Undone bool   `query:"undone" doc:"Those undone among them."`
	Offset int    `query:"offset" minimum:"0" maximum:"100000000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// QualityDecisions are decisions, the newest first.
type QualityDecisions struct {
	Mark
	Total     int               `json:"total"`
	Decisions []QualityDecision `json:"decisions"`
}
