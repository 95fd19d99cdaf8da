package api

import (
	"context"
	"os"

	"onewindow/internal/api/v1"
	"onewindow/internal/find"
	"onewindow/internal/region"
)

func (s *server) status(ctx context.Context, _ *struct{}) (*v1.Status, error) {
	say := printer(ctx)
	state, behind := s.Finder.State()
	out := &v1.Status{
		Mark: v1.Mark{Sample: s.Sample, State: state, Behind: behind}, Version: s.Version,
		Region: s.Region.ID(), RegionName: s.Region.Title(say.Lang()), Created: s.local(s.Marker.Created), Zone: s.Region.Location().String(),
		Dimensions: find.DimensionNames(), Server: v1.ServerInfo{Started: s.local(s.Started)},
	}
	for unit, n := range map[find.Unit]*int64{find.Right: &out.Records, find.Publication: &out.Publications} {
		table, err := s.Finder.Count(ctx, find.Public(), find.CountRequest{Unit: unit, Lang: say.Lang()})
		if err != nil {
			return nil, err
		}
		*n = table.Total
	}
	jobs, err := s.Jobs.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, j := range jobs {
		if !j.Finished {
			out.Jobs++
		}
	}
	if IsOwner(ctx) {
		out.Server.Data, out.Server.PID, out.Server.Address = s.Data, os.Getpid(), s.Address()
	}
	return out, nil
}

// levels are the names of the levels of units.
var levels = map[region.Level]string{
	region.ProvinceLevel: "province", region.CityLevel: "city", region.CountyLevel: "county",
}

func (s *server) regions(ctx context.Context, _ *struct{}) (*v1.Regions, error) {
	out := &v1.Regions{Mark: s.mark(), Pack: s.Region.ID(), Units: []v1.Region{}}
	for _, u := range s.Region.Units() {
		out.Units = append(out.Units, v1.Region{
			Code: u.Code, Label: s.Region.Name(u.Code, printer(ctx).Lang()), Names: u.Names, Aliases: u.Aliases,
			Level: levels[u.Level()], Kind: string(u.Kind), Parent: u.Parent,
			From: u.ValidFrom.String(), To: u.ValidTo.String(), Successors: u.Successors,
		})
	}
	return out, nil
}
