package client

import (
	"context"
	"net/http"
	"net/url"

	"onewindow/internal/api/v1"
)

// Parties finds the parties that a name may mean.
func (c *Client) Parties(ctx context.Context, p v1.FindParties) (*v1.Parties, error) {
	return get[v1.Parties](ctx, c, "/parties", p)
}

// Party returns everything about the party of this id, name or credit code.
func (c *Client) Party(ctx context.Context, name string) (*v1.PartyDetail, error) {
	return get[v1.PartyDetail](ctx, c, "/parties/"+url.PathEscape(name), nil)
}

// PartyQueue lists the pairs of parties that may be one.
func (c *Client) PartyQueue(ctx context.Context, p v1.QueueParams) (*v1.PartyQueue, error) {
	return get[v1.PartyQueue](ctx, c, "/party-queue", p)
}

// MergeParties decides that two parties are one.
func (c *Client) MergeParties(ctx context.Context, d v1.DecidePair) (*v1.PartyDecisions, error) {
	return send[v1.PartyDecisions](ctx, c, http.MethodPost, "/party-queue/merge", nil, d)
}

// DifferParties decides that two parties are different ones.
func (c *Client) DifferParties(ctx context.Context, d v1.DecidePair) (*v1.PartyDecisions, error) {
	return send[v1.PartyDecisions](ctx, c, http.MethodPost, "/party-queue/differ", nil, d)
}

// SplitParty makes a party of its own of some names of one.
func (c *Client) SplitParty(ctx context.Context, name string, s v1.SplitParty) (*v1.PartyDecisions, error) {
	return send[v1.PartyDecisions](ctx, c, http.MethodPost, "/parties/"+url.PathEscape(name)+"/split", nil, s)
}

// PartyDecisions lists what people decided of parties.
func (c *Client) PartyDecisions(ctx context.Context, p v1.DecisionsParams) (*v1.PartyDecisions, error) {
	return get[v1.PartyDecisions](ctx, c, "/party-decisions", p)
}

// UndoDecision takes a decision back, and those made along with it.
func (c *Client) UndoDecision(ctx context.Context, decision int64, u v1.UndoDecision) (*v1.PartyDecisions, error) {
	return send[v1.PartyDecisions](ctx, c, http.MethodPost, "/party-decisions/"+id(decision)+"/undo", nil, u)
}
