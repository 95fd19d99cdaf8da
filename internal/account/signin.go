package account

import (
	"context"

	"onewindow/internal/ierr"
)

// Attempt is somebody who would sign in.
type Attempt struct {
	Login, Password string
	Address         string // where they come from
	Agent           string // what their browser calls itself
}

// SignIn begins a session of the person with this name and password and returns
// its token. Errors: Forbidden "account.refused" where name or password is
// wrong, which takes as long whether or not there is such a person; Forbidden
// "account.disabled" where both are right; Busy "account.wait" after too many
// tries.
func (a *Accounts) SignIn(ctx context.Context, t Attempt) (string, Person, error) {
	login := folded(t.Login)
	hash, err := a.try(ctx, login, t.Password, t.Address)
	if err != nil {
		return "", Person{}, err
	}
	x, err := a.named(ctx, login)
	if err != nil {
		return "", Person{}, err
	}
	if x.Disabled {
		return "", Person{}, ierr.New(ierr.Forbidden, "account.disabled", nil)
	}
	token, err := a.begin(ctx, x.ID, hash, t.Address, t.Agent)
	return token, a.grant(x.Person), err
}

// try counts a try of a password and returns the hash that it is right for.
func (a *Accounts) try(ctx context.Context, login, password, address string) (string, error) {
	refused := ierr.New(ierr.Forbidden, "account.refused", nil)
	name := clip(login)
	if err := a.attempts.begin(name, address); err != nil {
		a.config.Log.Warn("sign-in held back", "login", name, "address", address)
		return "", err
	}
	x, err := a.config.Store.PersonByLogin(ctx, login)
	if err != nil {
		return "", err
	}
	hash := a.nobody
	if x != nil {
		hash = x.Hash
	}
	if len(password) > MaxPassword {
		password = "" // nobody's, and refused in the usual time
	}
	ok, stale, err := a.verify(ctx, password, hash)
	if err != nil {
		return "", err
	}
	if !ok || x == nil {
		a.config.Log.Warn("sign-in refused", "login", name, "address", address)
		return "", refused
	}
	a.attempts.succeeded(name, address)
	if stale {
		return a.renew(ctx, x, password)
	}
	return hash, nil
}

// renew hashes a password anew that was hashed at another cost.
func (a *Accounts) renew(ctx context.Context, x *Account, password string) (string, error) {
	hash, err := a.hash(ctx, password)
	if err != nil {
		return "", err
	}
	return hash, a.config.Store.Rehash(ctx, x.ID, x.Hash, hash)
}

// ChangePassword lets a person change their own password. All their sessions end,
// and a new one begins in the browser that they do it from, whose token is
// returned. Errors: "account.refused" where the old password is wrong, counted
// like a sign-in; those of a new password.
func (a *Accounts) ChangePassword(ctx context.Context, p Person, old, password, address, agent string) (string, error) {
	if _, err := a.try(ctx, p.Login, old, address); err != nil {
		return "", err
	}
	if old == password {
		return "", ierr.New(ierr.Invalid, "account.password-same", nil)
	}
	if _, err := a.SetPassword(ctx, p.Login, password, p.Signature()); err != nil {
		return "", err
	}
	x, err := a.named(ctx, p.Login)
	if err != nil {
		return "", err
	}
	return a.begin(ctx, x.ID, x.Hash, address, agent)
}
