package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"onewindow/internal/chart"
	"onewindow/internal/ierr"
)

//go:embed assets
var assetFiles embed.FS

// asset is a file of the pages under the name that carries its content's hash,
// so that browsers may keep it for good.
type asset struct {
	name string // "style.1a2b3c4d5e6f.css"
	kind string // media type
	body []byte
}

// loadAssets returns the assets by their plain and by their hashed names.
func loadAssets() (map[string]asset, error) {
	files, err := fs.Glob(assetFiles, "assets/*")
	if err != nil {
		return nil, err
	}
	assets := map[string]asset{}
	for _, file := range files {
		body, err := assetFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		plain, ext := path.Base(file), path.Ext(file)
		kind, ok := mediaTypes[ext]
		if !ok {
			return nil, fmt.Errorf("web: asset %s has no media type", plain)
		}
		if plain == "style.css" {
			body = append(body, chart.CSS()...)
		}
		sum := sha256.Sum256(body)
		a := asset{strings.TrimSuffix(plain, ext) + "." + hex.EncodeToString(sum[:6]) + ext, kind, body}
		assets[plain], assets[a.name] = a, a
	}
	return assets, nil
}

var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// serveAsset serves a file under its hashed name, and under no other.
func serveAsset(v *visit) error {
	name := v.r.PathValue("name")
	a := v.site.assets[name]
	if a.name != name || name == "" {
		return ierr.New(ierr.NotFound, "web.page", nil)
	}
	h := v.w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if v.r.Method == http.MethodHead {
		return nil
	}
	_, err := v.w.Write(a.body)
	return err
}
