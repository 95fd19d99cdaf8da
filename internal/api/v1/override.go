package v1

import "time"

// Override is a correction that a person made to how a record is classified.
// It outlasts reloading, until it is withdrawn.
type Override struct {
	ID        int64     `json:"id"`
	Record    int64     `json:"record"`
	Field     string    `json:"field" doc:"region, holder-type or field."`
	Value     Class     `json:"value"`
	Reason    string    `json:"reason"`
	Author    string    `json:"author"`
	Made      time.Time `json:"made"`
	State     int64     `json:"state" doc:"The state that set it."`
	Sample    bool      `json:"sample,omitempty"`
	Decision  string    `json:"decision,omitempty" doc:"The decision of the desk that it follows from; it is taken back there."`
	Withdrawn int64     `json:"withdrawn,omitempty" doc:"The state that withdrew or replaced it."`
}

// SetOverride asks for a correction.
type SetOverride struct {
	Field  string `json:"field" enum:"region,holder-type,field"`
	Value  string `json:"value" minLength:"1" maxLength:"64" doc:"The code."`
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	Author string `json:"author,omitempty" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
}

// EndOverride asks for a correction to be withdrawn.
type EndOverride struct {
	Reason string `query:"reason" minLength:"1" maxLength:"2000" required:"true"`
	Author string `query:"author" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
}

// Overrides are the corrections of one record, or all of them.
type Overrides struct {
	Mark
	Overrides []Override `json:"overrides"`
}
