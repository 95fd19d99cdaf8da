package account

import (
	"context"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/audit"
	"onewindow/internal/ierr"
)

// Limits of what is kept of a person. A display name and a login together fit
// where a decision names who made it.
const (
	maxLogin   = 32 // bytes
	maxDisplay = 40 // characters
	maxBody    = 100
	maxPeople  = 10_000
)

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)

// NewPerson is what a person is added with.
type NewPerson struct {
	Login    string
	Display  string // "": the login
	Body     string
	Region   string // a name or code of a unit; "": the whole region of the folder
	Role     string
	Password string
}

// folded is a login as it is kept: capitals do not count.
func folded(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// Add adds a person. by is who does so, for the log. Errors: Invalid where
// something given is not right (password: see checkPassword), Conflict
// "account.login-taken".
func (a *Accounts) Add(ctx context.Context, n NewPerson, by string) (Person, error) {
	p := Person{Login: folded(n.Login), Display: strings.TrimSpace(n.Display), Body: strings.TrimSpace(n.Body), Role: n.Role, Added: a.config.Now()}
	if p.Display == "" {
		p.Display = p.Login
	}
	var err error
	if p.Region, err = a.region(n.Region); err != nil {
		return Person{}, err
	}
	if err := a.checkPerson(p); err != nil {
		return Person{}, err
	}
	if err := a.checkPassword(p, n.Password); err != nil {
		return Person{}, err
	}
	hash, err := a.hash(ctx, n.Password)
	if err != nil {
		return Person{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	all, err := a.config.Store.People(ctx)
	if err != nil {
		return Person{}, err
	}
	if len(all) >= maxPeople {
		return Person{}, ierr.New(ierr.TooLarge, "account.people", ierr.Args{"limit": maxPeople})
	}
	p.ID, err = a.put(ctx, "add", Account{p, hash, p.Added}, false, by)
	return a.grant(p), err
}

// region returns the code of the one unit that a name means.
func (a *Accounts) region(name string) (string, error) {
	if name == "" {
		return a.config.Pack.Code(), nil
	}
	codes, err := a.config.Pack.Resolve(name)
	if err != nil {
		return "", err
	}
	if len(codes) > 1 {
		return "", ierr.New(ierr.Invalid, "account.region-several", ierr.Args{"name": name, "codes": codes})
	}
	return codes[0], nil
}

// checkPerson refuses what cannot be kept of a person.
func (a *Accounts) checkPerson(p Person) error {
	switch {
	case !loginForm.MatchString(p.Login):
		return ierr.New(ierr.Invalid, "account.login", ierr.Args{"limit": maxLogin})
	case !isName(p.Display, maxDisplay):
		return ierr.New(ierr.Invalid, "account.display", ierr.Args{"limit": maxDisplay})
	case !isName(p.Body, maxBody):
		return ierr.New(ierr.Invalid, "account.body", ierr.Args{"limit": maxBody})
	}
	return a.checkRole(p.Role)
}

// isName tells whether s is a text of 1 to limit characters on one line.
func isName(s string, limit int) bool {
	return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= limit && !strings.ContainsFunc(s, unicode.IsControl)
}

func (a *Accounts) checkRole(id string) error {
	if a.Role(id) != nil {
		return nil
	}
	var known []string
	for _, r := range a.roles {
		known = append(known, r.ID)
	}
	return ierr.New(ierr.Invalid, "account.role", ierr.Args{"role": id, "known": known})
}

// put writes a person and the leaf of an act. a.mu is held.
func (a *Accounts) put(ctx context.Context, act string, x Account, endSessions bool, by string) (int64, error) {
	leaf, err := audit.New("account."+act, a.config.State(), map[string]any{
		"login": x.Login, "display": x.Display, "body": x.Body, "region": x.Region, "role": x.Role, "disabled": x.Disabled, "by": by,
	})
	if err != nil {
		return 0, err
	}
	return a.config.Store.PutPerson(ctx, x, endSessions, leaf)
}

// change reads a person, changes them and writes them.
func (a *Accounts) change(ctx context.Context, login, act, by string, endSessions bool, do func(*Account) error) (Person, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	x, err := a.named(ctx, login)
	if err != nil {
		return Person{}, err
	}
	if err := do(x); err != nil {
		return Person{}, err
	}
	_, err = a.put(ctx, act, *x, endSessions, by)
	return a.grant(x.Person), err
}

// named returns the person with a login, NotFound "account.unknown" where there
// is none.
func (a *Accounts) named(ctx context.Context, login string) (*Account, error) {
	x, err := a.config.Store.PersonByLogin(ctx, folded(login))
	if err == nil && x == nil {
		err = ierr.New(ierr.NotFound, "account.unknown", ierr.Args{"login": clip(login)})
	}
	return x, err
}

func clip(s string) string {
	if r := []rune(s); len(r) > maxLogin {
		return string(r[:maxLogin]) + "…"
	}
	return s
}

// SetRole gives a person another role, from their next request on.
func (a *Accounts) SetRole(ctx context.Context, login, role, by string) (Person, error) {
	if err := a.checkRole(role); err != nil {
		return Person{}, err
	}
	return a.change(ctx, login, "role", by, false, func(x *Account) error {
		x.Role = role
		return nil
	})
}

// Disable keeps a person from signing in and ends their sessions. Conflict
// "account.disabled-already".
func (a *Accounts) Disable(ctx context.Context, login, by string) (Person, error) {
	return a.change(ctx, login, "disable", by, true, func(x *Account) error {
		if x.Disabled {
			return ierr.New(ierr.Conflict, "account.disabled-already", ierr.Args{"login": x.Login})
		}
		x.Disabled = true
		return nil
	})
}

// Enable lets a disabled person sign in again. Conflict "account.enabled-already".
func (a *Accounts) Enable(ctx context.Context, login, by string) (Person, error) {
	return a.change(ctx, login, "enable", by, false, func(x *Account) error {
		if !x.Disabled {
			return ierr.New(ierr.Conflict, "account.enabled-already", ierr.Args{"login": x.Login})
		}
		x.Disabled = false
		return nil
	})
}

// SetPassword gives a person another password and ends their sessions.
func (a *Accounts) SetPassword(ctx context.Context, login, password, by string) (Person, error) {
	x, err := a.named(ctx, login)
	if err != nil {
		return Person{}, err
	}
	if err := a.checkPassword(x.Person, password); err != nil {
		return Person{}, err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return Person{}, err
	}
	return a.change(ctx, login, "password", by, true, func(x *Account) error {
		x.Hash, x.PasswordSet = hash, a.config.Now()
		return nil
	})
}

// People returns all people, by login.
func (a *Accounts) People(ctx context.Context) ([]Person, error) {
	all, err := a.config.Store.People(ctx)
	var out []Person
	for _, x := range all {
		out = append(out, a.grant(x.Person))
	}
	return out, err
}

// PasswordSet returns when a person's password was set.
func (a *Accounts) PasswordSet(ctx context.Context, login string) (time.Time, error) {
	x, err := a.named(ctx, login)
	if err != nil {
		return time.Time{}, err
	}
	return x.PasswordSet, nil
}
