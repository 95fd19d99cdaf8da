package folder

import (
	"io/fs"
	"syscall"
	"testing"

	"onewindow/internal/ierr"
)

func TestAPlaceThatCannotBeWrittenIsToldApart(t *testing.T) {
	for errno, want := range map[syscall.Errno]struct {
		kind ierr.Kind
		code string
	}{
		syscall.EROFS:  {ierr.Forbidden, "folder.read_only"},
		syscall.EACCES: {ierr.Forbidden, "folder.not_allowed"},
		syscall.EIO:    {ierr.Internal, "folder.write"},
	} {
		e := ierr.As(cannotWrite("/data/lock", &fs.PathError{Op: "open", Path: "/data/lock", Err: errno}))
		if e.Kind != want.kind || e.Code != want.code || want.kind == ierr.Forbidden && e.Args["dir"] != "/data" {
			t.Errorf("%v: %v", errno, e)
		}
	}
	if e := ierr.As(cannotMake("/data", syscall.EROFS)); e.Code != "folder.read_only" {
		t.Errorf("making: %v", e)
	}
}
