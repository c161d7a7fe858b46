package markdown

import (
	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// strike prints ~~text~~ as struck: in a story that is a joke or a thought
// taken back, and not the mark of an editor that <del> is.
type strike struct{}

func (strike) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(extension.KindStrikethrough, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		tag := "</s>"
		if entering {
			tag = "<s>"
		}
		_, err := w.WriteString(tag)
		return ast.WalkContinue, err
	})
}
