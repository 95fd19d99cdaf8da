package account

import (
	"context"
	"strings"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// Permission is one thing that a role may do.
type Permission string

// The permissions.
const (
	ReadDesk  Permission = "read-desk" // read what waits at the desk, and who decided what
	Decide    Permission = "decide"    // correct classifications, settle who is who
	Load      Permission = "load"      // stop and undo loads, and go on with interrupted ones
	Accept    Permission = "accept"    // release held loads, state coverage
	Reconcile Permission = "reconcile" // hold figures against other sources
	Save      Permission = "save"      // keep searches
	Report    Permission = "report"    // read returns, and hand them in
	Approve   Permission = "approve"   // sign returns that others prepared
	Publish   Permission = "publish"   // publish editions of papers
	Users     Permission = "users"     // add people, give roles
)

// Permissions are all permissions.
var Permissions = []Permission{ReadDesk, Decide, Load, Accept, Reconcile, Save, Report, Approve, Publish, Users}

// Access says who may use a route. Whoever owns the data folder may use all.
type Access string

// Who there is besides people with a permission.
const (
	Anyone   Access = "anyone"    // all who can reach the server
	SignedIn Access = "signed-in" // people who are signed in, whatever their role
	Owner    Access = "owner"     // those who come through the folder's local socket
)

const permissionPrefix = "permission:"

// May is the access of people whose role has a permission.
func May(p Permission) Access { return Access(permissionPrefix + string(p)) }

// Admit lets a request through, nil, or says why not. Errors, all Forbidden:
// "account.sign-in" when nobody is signed in, "account.permission" when the
// person's role may not do so, "api.forbidden" when it is the owner's alone.
func (a Access) Admit(ctx context.Context) error {
	if a == Anyone || IsOwner(ctx) {
		return nil
	}
	if a == Owner {
		return ierr.New(ierr.Forbidden, "api.forbidden", nil)
	}
	p, ok := PersonOf(ctx)
	if !ok {
		return ierr.New(ierr.Forbidden, "account.sign-in", nil)
	}
	if a == SignedIn {
		return nil
	}
	what, ok := strings.CutPrefix(string(a), permissionPrefix)
	if !ok || !p.May(Permission(what)) {
		return ierr.New(ierr.Forbidden, "account.permission", ierr.Args{"permission": i18n.Key("permission." + what), "role": p.Role})
	}
	return nil
}

type contextKey int

const (
	ownerKey contextKey = iota
	visitorKey
)

// visitor is a person who is signed in, and by which session.
type visitor struct {
	person  Person
	session Session
}

// AsOwner marks the requests of a connection as the owner's. Only the local
// socket may do so.
func AsOwner(ctx context.Context) context.Context { return context.WithValue(ctx, ownerKey, true) }

// IsOwner tells whether a request came through the local socket.
func IsOwner(ctx context.Context) bool { return ctx.Value(ownerKey) == true }

// PersonOf returns the person who is signed in on a request, false where nobody
// is.
func PersonOf(ctx context.Context) (Person, bool) {
	v, ok := ctx.Value(visitorKey).(visitor)
	return v.person, ok
}

// IsInsider tells whether a request is the owner's or of somebody who may read
// the desk: they may know who decided and loaded.
func IsInsider(ctx context.Context) bool { return May(ReadDesk).Admit(ctx) == nil }

// Signature returns who signs an act: of a person who is signed in that person,
// whatever the request claims; of the owner whom the request names.
func Signature(ctx context.Context, claimed string) string {
	if p, ok := PersonOf(ctx); ok && !IsOwner(ctx) {
		return p.Signature()
	}
	return claimed
}
