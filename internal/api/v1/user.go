package v1

import "time"

// Limits of what is given of a person.
const (
	MaxLogin    = 32  // bytes
	MaxPassword = 256 // bytes
)

// User is somebody who may sign in.
type User struct {
	Login       string    `json:"login" doc:"The name that they sign in with."`
	Display     string    `json:"display" doc:"The name that others read."`
	Body        string    `json:"body" doc:"The body that they act for."`
	Region      Class     `json:"region" doc:"The unit that the body is of."`
	Role        Class     `json:"role"`
	Permissions []string  `json:"permissions"`
	Disabled    bool      `json:"disabled"`
	Added       time.Time `json:"added"`
}

// Users are people, by login.
type Users struct {
	Users []User `json:"users"`
}

// AddUser asks for a person to be added.
type AddUser struct {
	Login    string `json:"login" minLength:"2" maxLength:"32" doc:"Letters, digits, dots, hyphens and underscores; capitals do not count."`
	Display  string `json:"display,omitempty" maxLength:"40" doc:"By default the login."`
	Body     string `json:"body" minLength:"1" maxLength:"100"`
	Region   string `json:"region,omitempty" maxLength:"100" doc:"Name or code of a unit; by default the whole region."`
	Role     string `json:"role" minLength:"1" maxLength:"32"`
	Password string `json:"password" maxLength:"256"`
	Actor    string `json:"actor,omitempty" maxLength:"200" doc:"Who does so, for those who own the data folder."`
}

// SetRole asks for a person to have another role.
type SetRole struct {
	Role  string `json:"role" minLength:"1" maxLength:"32"`
	Actor string `json:"actor,omitempty" maxLength:"200"`
}

// SetPassword asks for a person to have another password.
type SetPassword struct {
	Password string `json:"password" maxLength:"256"`
	Actor    string `json:"actor,omitempty" maxLength:"200"`
}

// Session is one browser in which a person is signed in.
type Session struct {
	Begun   time.Time `json:"begun"`
	Seen    time.Time `json:"seen" doc:"When it was last used, a minute more or less."`
	Address string    `json:"address"`
	Agent   string    `json:"agent" doc:"What the browser calls itself."`
}

// Sessions are a person's sessions, the newest first.
type Sessions struct {
	Login    string    `json:"login"`
	Sessions []Session `json:"sessions"`
}

// EndedSessions tells how many sessions ended.
type EndedSessions struct {
	Login string `json:"login"`
	Ended int64  `json:"ended"`
}

// Role is what people of one sort may do.
type Role struct {
	Class
	Permissions []Class `json:"permissions"`
}

// Roles are all roles.
type Roles struct {
	Roles []Role `json:"roles"`
}
