package api

import (
	"context"
	"encoding/hex"
	"slices"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/audit"
	"onewindow/internal/ierr"
)

func (s *server) logHeadOf(h audit.Head) v1.LogHead {
	return v1.LogHead{Origin: h.Origin, Size: h.Size, Root: h.Root.String(), At: s.local(h.At), Signed: h.Signed}
}

func (s *server) logHeads(ctx context.Context, _ *struct{}) (*v1.LogHeads, error) {
	heads, err := s.Audit.Store.Heads(ctx)
	if err != nil {
		return nil, err
	}
	out := &v1.LogHeads{Mark: s.mark(), Public: s.Audit.Key.Public, Heads: []v1.LogHead{}}
	for _, h := range slices.Backward(heads) {
		out.Heads = append(out.Heads, s.logHeadOf(h))
	}
	return out, nil
}

func (s *server) signLog(ctx context.Context, _ *struct{}) (*v1.LogHead, error) {
	h, err := s.Audit.Sign(ctx)
	if err != nil {
		return nil, err
	}
	out := s.logHeadOf(h)
	return &out, nil
}

func (s *server) verifyLog(ctx context.Context, in *struct{ Body v1.VerifyLog }) (*v1.LogReport, error) {
	var elsewhere *audit.Head
	if in.Body.Head != "" {
		public := in.Body.Public
		if public == "" {
			public = s.Audit.Key.Public
		}
		h, err := audit.ReadHead(in.Body.Head, public)
		if err != nil {
			return nil, err
		}
		elsewhere = &h
	}
	r, err := s.Audit.Verify(ctx, elsewhere)
	if err != nil {
		return nil, err
	}
	say := printer(ctx)
	out := &v1.LogReport{
		Mark: s.mark(), Sound: r.Sound(), Leaves: r.Leaves, Erased: r.Erased, Root: r.Root.String(), Heads: r.Heads, Signed: r.Signed, Proven: r.Proven,
		Faults: []v1.LogFault{}, More: r.More,
	}
	verdict := "consistent"
	switch {
	case !r.Sound():
		verdict = "broken"
	case elsewhere != nil:
		verdict = "proven"
	}
	out.Verdict = say.T("audit.verdict."+verdict, ierr.Args{"leaves": r.Leaves, "proven": r.Proven, "faults": int64(len(r.Faults)) + r.More})
	for _, f := range r.Faults {
		out.Faults = append(out.Faults, v1.LogFault{
			Code: string(f.Code), From: f.From, To: f.To, Known: f.Known,
			Text: say.T("audit.fault."+string(f.Code), ierr.Args{"seq": f.From, "to": f.To}),
		})
	}
	return out, nil
}

// LeafPath names a leaf of the log.
type LeafPath struct {
	Seq int64 `path:"seq" minimum:"1"`
}

func (s *server) logLeaf(ctx context.Context, in *LeafPath) (*v1.LogLeaf, error) {
	l, err := s.Audit.Leaf(ctx, in.Seq)
	if err != nil {
		return nil, err
	}
	out := &v1.LogLeaf{
		Mark: s.mark(), Seq: l.Seq, Kind: l.Kind, After: l.State, Salt: hex.EncodeToString(l.Salt), Payload: l.Payload,
		Hash: hex.EncodeToString(l.Hash[:]), Erased: l.Erased(),
	}
	p, err := s.Audit.Prove(ctx, in.Seq)
	switch {
	case ierr.KindOf(err) == ierr.NotFound:
		return out, nil
	case err != nil:
		return nil, err
	}
	h := s.logHeadOf(p.Head)
	out.Head = &h
	for _, x := range p.Path {
		out.Path = append(out.Path, x.String())
	}
	return out, nil
}

func (s *server) eraseLeaf(ctx context.Context, in *struct {
	LeafPath
	Body v1.EraseLeaf
}) (*v1.LogLeaf, error) {
	if err := s.Audit.Erase(ctx, in.Seq, in.Body.Reason, account.Signature(ctx, in.Body.Author)); err != nil {
		return nil, err
	}
	return s.logLeaf(ctx, &in.LeafPath)
}
