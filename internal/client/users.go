package client

import (
	"context"
	"net/http"
	"net/url"

	"onewindow/internal/api/v1"
)

func userPath(login, rest string) string { return "/users/" + url.PathEscape(login) + rest }

// Users lists the people who may sign in.
func (c *Client) Users(ctx context.Context) (*v1.Users, error) {
	return get[v1.Users](ctx, c, "/users", nil)
}

// Roles lists the roles that people may have.
func (c *Client) Roles(ctx context.Context) (*v1.Roles, error) {
	return get[v1.Roles](ctx, c, "/roles", nil)
}

// AddUser adds a person.
func (c *Client) AddUser(ctx context.Context, u v1.AddUser) (*v1.User, error) {
	return send[v1.User](ctx, c, http.MethodPost, "/users", nil, u)
}

// SetRole gives a person another role.
func (c *Client) SetRole(ctx context.Context, login string, r v1.SetRole) (*v1.User, error) {
	return send[v1.User](ctx, c, http.MethodPost, userPath(login, "/role"), nil, r)
}

// DisableUser keeps a person from signing in.
func (c *Client) DisableUser(ctx context.Context, login string, by v1.Actor) (*v1.User, error) {
	return send[v1.User](ctx, c, http.MethodPost, userPath(login, "/disable"), by, nil)
}

// EnableUser lets a disabled person sign in again.
func (c *Client) EnableUser(ctx context.Context, login string, by v1.Actor) (*v1.User, error) {
	return send[v1.User](ctx, c, http.MethodPost, userPath(login, "/enable"), by, nil)
}

// SetPassword gives a person another password.
func (c *Client) SetPassword(ctx context.Context, login string, p v1.SetPassword) (*v1.User, error) {
	return send[v1.User](ctx, c, http.MethodPost, userPath(login, "/password"), nil, p)
}

// UserSessions lists the browsers in which a person is signed in.
func (c *Client) UserSessions(ctx context.Context, login string) (*v1.Sessions, error) {
	return get[v1.Sessions](ctx, c, userPath(login, "/sessions"), nil)
}

// EndUserSessions signs a person out everywhere.
func (c *Client) EndUserSessions(ctx context.Context, login string, by v1.Actor) (*v1.EndedSessions, error) {
	return send[v1.EndedSessions](ctx, c, http.MethodDelete, userPath(login, "/sessions"), by, nil)
}
