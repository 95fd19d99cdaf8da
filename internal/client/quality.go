package client

import (
	"context"
	"net/http"
	"net/url"

	"onewindow/internal/api/v1"
)

// Quality counts what waits for a decision.
func (c *Client) Quality(ctx context.Context) (*v1.QualitySummary, error) {
	return get[v1.QualitySummary](ctx, c, "/quality", nil)
}

// QualityList lists doubts of one kind in groups of like ones.
func (c *Client) QualityList(ctx context.Context, kind string, p v1.QualityListParams) (*v1.QualityList, error) {
	return get[v1.QualityList](ctx, c, "/quality/cases/"+url.PathEscape(kind), p)
}

// QualityCase returns a case with its evidence.
func (c *Client) QualityCase(ctx context.Context, p v1.QualityCaseParam) (*v1.QualityCase, error) {
	return get[v1.QualityCase](ctx, c, "/quality/case", p)
}

// QualityAlike lists the cases that are like one.
func (c *Client) QualityAlike(ctx context.Context, p v1.QualityAlikeParams) (*v1.QualityList, error) {
	return get[v1.QualityList](ctx, c, "/quality/alike", p)
}

// DecideQuality decides a case.
func (c *Client) DecideQuality(ctx context.Context, d v1.QualityDecide) (*v1.QualityDecision, error) {
	return send[v1.QualityDecision](ctx, c, http.MethodPost, "/quality/decisions", nil, d)
}

// QualityDecisions lists what was decided.
func (c *Client) QualityDecisions(ctx context.Context, p v1.QualityDecisionsParams) (*v1.QualityDecisions, error) {
	return get[v1.QualityDecisions](ctx, c, "/quality/decisions", p)
}

// UndoQuality takes a decision back.
func (c *Client) UndoQuality(ctx context.Context, decision string, u v1.UndoDecision) (*v1.QualityDecision, error) {
	return send[v1.QualityDecision](ctx, c, http.MethodPost, "/quality/decisions/"+url.PathEscape(decision)+"/undo", nil, u)
}
