package api

import (
	"context"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// UserPath names a person.
type UserPath struct {
	Login string `path:"login" minLength:"1" maxLength:"32"`
}

// actOnUser names a person and who acts on them.
type actOnUser struct {
	UserPath
	v1.Actor
}

func (s *server) userOf(say *i18n.Printer, p account.Person) v1.User {
	out := v1.User{
		Login: p.Login, Display: p.Display, Body: p.Body, Region: s.class(say, "region", p.Region), Role: v1.Class{Code: p.Role},
		Permissions: []string{}, Disabled: p.Disabled, Added: s.local(p.Added),
	}
	if r := s.Accounts.Role(p.Role); r != nil {
		out.Role.Label = r.Name(say.Lang())
	}
	for _, what := range p.Permissions() {
		out.Permissions = append(out.Permissions, string(what))
	}
	return out
}

// userAnswer answers with a person as they are after an act.
func (s *server) userAnswer(ctx context.Context) func(account.Person, error) (*v1.User, error) {
	return func(p account.Person, err error) (*v1.User, error) {
		if err != nil {
			return nil, err
		}
		out := s.userOf(printer(ctx), p)
		return &out, nil
	}
}

// session tells who is signed in. The owner is nobody with an account.
func (s *server) session(ctx context.Context, _ *struct{}) (*v1.User, error) {
	p, ok := account.PersonOf(ctx)
	if !ok {
		return nil, ierr.New(ierr.NotFound, "account.nobody", nil)
	}
	return s.userAnswer(ctx)(p, nil)
}

func (s *server) roles(ctx context.Context, _ *struct{}) (*v1.Roles, error) {
	say := printer(ctx)
	out := &v1.Roles{Roles: []v1.Role{}}
	for _, r := range s.Accounts.Roles() {
		x := v1.Role{Class: v1.Class{Code: r.ID, Label: r.Name(say.Lang())}, Permissions: []v1.Class{}}
		for _, p := range r.May {
			x.Permissions = append(x.Permissions, named(say, "permission", string(p)))
		}
		out.Roles = append(out.Roles, x)
	}
	return out, nil
}

func (s *server) users(ctx context.Context, _ *struct{}) (*v1.Users, error) {
	all, err := s.Accounts.People(ctx)
	if err != nil {
		return nil, err
	}
	out := &v1.Users{Users: []v1.User{}}
	for _, p := range all {
		out.Users = append(out.Users, s.userOf(printer(ctx), p))
	}
	return out, nil
}

func (s *server) addUser(ctx context.Context, in *struct{ Body v1.AddUser }) (*v1.User, error) {
	b := in.Body
	return s.userAnswer(ctx)(s.Accounts.Add(ctx, account.NewPerson{
		Login: b.Login, Display: b.Display, Body: b.Body, Region: b.Region, Role: b.Role, Password: b.Password,
	}, account.Signature(ctx, b.Actor)))
}

func (s *server) setRole(ctx context.Context, in *struct {
	UserPath
	Body v1.SetRole
}) (*v1.User, error) {
	return s.userAnswer(ctx)(s.Accounts.SetRole(ctx, in.Login, in.Body.Role, account.Signature(ctx, in.Body.Actor)))
}

func (s *server) disableUser(ctx context.Context, in *actOnUser) (*v1.User, error) {
	return s.userAnswer(ctx)(s.Accounts.Disable(ctx, in.Login, account.Signature(ctx, in.By)))
}

func (s *server) enableUser(ctx context.Context, in *actOnUser) (*v1.User, error) {
	return s.userAnswer(ctx)(s.Accounts.Enable(ctx, in.Login, account.Signature(ctx, in.By)))
}

func (s *server) setPassword(ctx context.Context, in *struct {
	UserPath
	Body v1.SetPassword
}) (*v1.User, error) {
	return s.userAnswer(ctx)(s.Accounts.SetPassword(ctx, in.Login, in.Body.Password, account.Signature(ctx, in.Body.Actor)))
}

func (s *server) userSessions(ctx context.Context, in *UserPath) (*v1.Sessions, error) {
	all, err := s.Accounts.SessionsOf(ctx, in.Login)
	if err != nil {
		return nil, err
	}
	out := &v1.Sessions{Login: in.Login, Sessions: []v1.Session{}}
	for _, x := range all {
		out.Sessions = append(out.Sessions, v1.Session{Begun: s.local(x.Begun), Seen: s.local(x.Seen), Address: x.Address, Agent: x.Agent})
	}
	return out, nil
}

func (s *server) endUserSessions(ctx context.Context, in *actOnUser) (*v1.EndedSessions, error) {
	n, err := s.Accounts.EndSessions(ctx, in.Login, account.Signature(ctx, in.By))
	if err != nil {
		return nil, err
	}
	return &v1.EndedSessions{Login: in.Login, Ended: n}, nil
}
