package v1

import "time"

// FindParties asks for the parties that a name may mean.
type FindParties struct {
	Name  string `query:"name" minLength:"1" maxLength:"400" required:"true" doc:"A name, a part of one, a unified social credit code or the id of a party."`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20"`
}

// PartyRef names a party.
type PartyRef struct {
	ID     string `json:"id" doc:"Leads to the party as long as a source states the name that it stands for."`
	Name   string `json:"name"`
	Place  *Class `json:"place,omitempty" doc:"Of a name that counts only with its place."`
	Rights int    `json:"rights" doc:"Rights that name it, in any role."`
}

// Parties are the parties that a name may mean, the likeliest first.
type Parties struct {
	Mark
	Parties []PartyRef `json:"parties"`
}

// PartyDetail is one enterprise, university, government body or person across all
// registers.
type PartyDetail struct {
	Mark
	PartyRef
	Type      Class          `json:"type"`
	Idents    []string       `json:"idents,omitempty" doc:"Unified social credit codes."`
	Names     []PartyName    `json:"names"`
	Addresses []PartyAddress `json:"addresses,omitempty" doc:"The latest first."`
	Uses      []PartyUse     `json:"uses,omitempty"`
	Kinds     []FacetValue   `json:"kinds,omitempty" doc:"The rights that it holds or applied for, by kind."`
	Holds     int64          `json:"holds" doc:"How many rights it holds or applied for."`
	Query     string         `json:"query" doc:"The query that finds them."`
	Parent    *PartyRef      `json:"parent,omitempty"`
	Branches  []PartyRef     `json:"branches,omitempty"`
}

// PartyName is a name of a party and why it is one of its names.
type PartyName struct {
	ID         string  `json:"id" doc:"Names the name where a party is split."`
	Name       string  `json:"name" doc:"As most sources write it."`
	Lang       string  `json:"lang,omitempty"`
	Place      *Class  `json:"place,omitempty" doc:"Of a name that counts only with its place."`
	Rights     int     `json:"rights"`
	Since      string  `json:"since,omitempty" doc:"Month, 2019-07."`
	Until      string  `json:"until,omitempty"`
	Rule       *Class  `json:"rule,omitempty" doc:"The rule that joined it; none for a party of one name."`
	Near       *Class  `json:"near,omitempty" doc:"Where both names are stated."`
	With       string  `json:"with,omitempty" doc:"The name or identifier that the rule joined it with."`
	Confidence float64 `json:"confidence,omitempty"`
}

// PartyAddress is where a party was.
type PartyAddress struct {
	Address  string `json:"address"`
	Postcode string `json:"postcode,omitempty"`
	Country  string `json:"country,omitempty"`
	Region   Class  `json:"region"`
	Rights   int    `json:"rights"`
	Since    string `json:"since,omitempty" doc:"Month, 2019-07."`
	Until    string `json:"until,omitempty"`
}

// PartyUse counts the rights of a kind in which a party has a role.
type PartyUse struct {
	Kind   Class `json:"kind"`
	Role   Class `json:"role"`
	Rights int   `json:"rights"`
}

// QueueParams choose among the doubtful pairs.
type QueueParams struct {
	Rule   string `query:"rule" maxLength:"40"`
	Near   string `query:"near" enum:"names,elsewhere,city,address,"`
	Party  string `query:"party" maxLength:"400" doc:"Only pairs of this party."`
	Offset int    `query:"offset" minimum:"0" maximum:"100000000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
}

// PartyPair is two parties that may be one.
type PartyPair struct {
	A          PartyRef `json:"a"`
	B          PartyRef `json:"b"`
	NameA      string   `json:"name_a" doc:"The names that are alike."`
	NameB      string   `json:"name_b"`
	Rule       Class    `json:"rule"`
	Near       Class    `json:"near"`
	Confidence float64  `json:"confidence"`
	Weight     int      `json:"weight" doc:"Rights that hang on it."`
}

// PartyQueue is the pairs that wait for a decision, those on which most hangs first.
type PartyQueue struct {
	Mark
	Total int         `json:"total"`
	Pairs []PartyPair `json:"pairs"`
}

// DecidePair decides on two parties.
type DecidePair struct {
	A      string `json:"a" minLength:"1" maxLength:"400" doc:"An id, a name that one party alone bears, or a unified social credit code."`
	B      string `json:"b" minLength:"1" maxLength:"400"`
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	Author string `json:"author,omitempty" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
	Like   bool   `json:"like,omitempty" doc:"Decide all pairs alike that the same rule, as near, put into the queue."`
}

// SplitParty makes a party of its own of some names of one.
type SplitParty struct {
	Names  []string `json:"names" minItems:"1" maxItems:"200" doc:"Names, their ids, or unified social credit codes."`
	Reason string   `json:"reason" minLength:"1" maxLength:"2000"`
	Author string   `json:"author,omitempty" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
}

// UndoDecision takes a decision back.
type UndoDecision struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	Author string `json:"author,omitempty" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
}

// DecisionsParams choose among decisions.
type DecisionsParams struct {
	Party string `query:"party" maxLength:"400" doc:"Only decisions that speak of a name of this party."`
}

// PartyDecision is what a person decided of names.
type PartyDecision struct {
	ID           int64      `json:"id"`
	Act          Class      `json:"act"`
	A            []string   `json:"a" doc:"Keys of the names and identifiers on one side."`
	B            []string   `json:"b"`
	Rule         *Class     `json:"rule,omitempty" doc:"The rule whose doubt it settled."`
	Like         int64      `json:"like,omitempty" doc:"The decision that it was made along with."`
	Reason       string     `json:"reason"`
	Author       string     `json:"author"`
	Made         time.Time  `json:"made"`
	Undone       *time.Time `json:"undone,omitempty"`
	UndoneBy     string     `json:"undone_by,omitempty"`
	UndoneReason string     `json:"undone_reason,omitempty"`
}

// PartyDecisions are decisions.
type PartyDecisions struct {
	Mark
	Decisions []PartyDecision `json:"decisions"`
}
