// Package account keeps the people who may sign in, the bodies that they act
// for, their roles, and their sessions.
//
// What a role may do is data (classes/roles.yaml). Passwords are kept as argon2id
// hashes, sessions as hashes of their tokens. Every change to a person is written
// together with its leaf of the log.
package account

import (
	"context"
	"io/fs"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"onewindow/internal/region"
)

// Person is somebody who may sign in.
type Person struct {
	ID       int64
	Login    string // the name that they sign in with, in small letters
	Display  string // the name that others read
	Body     string // the body that they act for
	Region   string // code of the unit that the body is of
	Role     string // id of a role
	Disabled bool   // may not sign in, and has no session
	Added    time.Time

	may []Permission // what the role may do
}

// May tells whether a person's role has a permission.
func (p Person) May(what Permission) bool { return !p.Disabled && slices.Contains(p.may, what) }

// Permissions returns all that a person's role may do.
func (p Person) Permissions() []Permission { return slices.Clone(p.may) }

// Signature is how a person signs a decision.
func (p Person) Signature() string { return p.Display + " (" + p.Login + ")" }

// Account is a person with what only the store knows besides.
type Account struct {
	Person
	Hash        string    // of the password, in PHC form
	PasswordSet time.Time // when the password was set
}

// Config is what accounts are opened with.
type Config struct {
	Store Store
	Defs  fs.FS
	Pack  *region.Pack // whose units bodies are of
	State func() int64 // of the register, for the log
	Now   func() time.Time
	Log   *slog.Logger
	Cost  Cost // of hashing a password; the zero value stands for DefaultCost
}

// Accounts keeps people and their sessions.
type Accounts struct {
	config   Config
	roles    []Role
	weak     map[string]bool // words that make no password
	sessions *scs.SessionManager
	attempts *attempts
	nobody   string        // a hash that unknown names are held to
	hashing  chan struct{} // places of those who hash at one time

	mu sync.Mutex // held by who changes a person or begins a session
}

// Open reads the roles and is ready to sign people in. It fails where the
// definitions are faulty, naming file and line.
func Open(c Config) (*Accounts, error) {
	roles, err := LoadRoles(c.Defs)
	if err != nil {
		return nil, err
	}
	weak, err := loadWeak(c.Defs)
	if err != nil {
		return nil, err
	}
	if c.Cost == (Cost{}) {
		c.Cost = DefaultCost
	}
	a := &Accounts{config: c, roles: roles, weak: weak, attempts: newAttempts(c.Now), hashing: make(chan struct{}, maxHashing)}
	a.nobody = hashPassword("nobody", c.Cost)
	a.sessions = a.newSessions()
	return a, a.checkRoles()
}

// checkRoles tells the log of people whose role the definitions no longer have:
// they may sign in and do nothing.
func (a *Accounts) checkRoles() error {
	people, err := a.People(context.Background())
	for _, p := range people {
		if a.Role(p.Role) == nil {
			a.config.Log.Warn("a person's role is not defined", "login", p.Login, "role", p.Role)
		}
	}
	return err
}

// Role returns the role with this id, nil where there is none.
func (a *Accounts) Role(id string) *Role {
	if i := slices.IndexFunc(a.roles, func(r Role) bool { return r.ID == id }); i >= 0 {
		return &a.roles[i]
	}
	return nil
}

// Roles returns all roles in the order of the definitions.
func (a *Accounts) Roles() []Role { return a.roles }

// grant gives a person as the store has them what the role may do.
func (a *Accounts) grant(p Person) Person {
	if r := a.Role(p.Role); r != nil {
		p.may = r.May
	}
	return p
}
