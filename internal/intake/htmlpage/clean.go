package htmlpage

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
)

// What is never a story's text.
const never dom.Selector = "script,style,noscript,template,object,embed,nav,button,select,input,textarea,footer,svg,canvas,dialog," +
	"[role=navigation],[role=banner],[role=contentinfo],[role=search],[role=complementary],[role=dialog],[hidden],[aria-hidden=true]"

// chrome are words in the names of boxes that sites put around a story.
var chrome = regexp.MustCompile(`(?i)(?:^|[-_\s])(?:comments?|comment[-_]?(?:list|section|form|area|wrap)|respond|disqus\w*|sidebar|related|recommend(?:ed|ations)|share|sharing|sharedaddy|social|breadcrumbs?|pagination|pager|navbar|nav|navigation|navi|menu|topbar|masthead|cookies?|newsletter|adverts?|ads?|adsense|promo|banner|tooltip|popup|modal|footer|login|signup|rating[-_]?box|review[-_]?form)(?:$|[-_\s])`)

// mostText is the share of the page's text above which a box is never chrome,
// whatever its name: there are sites that call everything "comments".
const mostText = 0.5

// players are the sites whose frames in a story are a part of it: a song, a
// film, a reading. Other frames are advertising.
var players = regexp.MustCompile(`(?i)^(?:https?:)?//(?:[\w-]+\.)*(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|dailymotion\.com|soundcloud\.com|spotify\.com|bandcamp\.com|archive\.org)/`)

// clean takes out of the page what is not of the story.
func clean(root *html.Node) {
	dom.RemoveAll(root, never)
	for _, frame := range dom.All(root, "iframe") {
		if !players.MatchString(dom.Attr(frame, "src")) {
			dom.Remove(frame)
		}
	}
	body := dom.First(root, "body")
	if body == nil {
		return
	}
	lengths := measure(body)
	dom.Walk(body, func(n *html.Node) dom.Step {
		switch {
		case n.Type == html.CommentNode:
			dom.Remove(n)
			return dom.Over
		case n.Type != html.ElementNode || n == body:
			return dom.Into
		case isHidden(n), isChrome(n) && float64(lengths[n]) < mostText*float64(lengths[body]):
			dom.Remove(n)
			return dom.Over
		}
		return dom.Into
	})
}

func isHidden(n *html.Node) bool {
	style := strings.ReplaceAll(strings.ToLower(dom.Attr(n, "style")), " ", "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

func isChrome(n *html.Node) bool {
	switch n.Data {
	case "header":
		return dom.Closest(n.Parent, "article,main") == nil
	case "aside":
		return true
	case "div", "section", "ul", "ol", "table", "form", "p", "span", "td", "dl", "li":
		return chrome.MatchString(dom.Attr(n, "id")) || chrome.MatchString(dom.Attr(n, "class"))
	}
	return false
}

// absolute makes the links and pictures below n whole, if it is known where the
// page was.
func absolute(n *html.Node, address string) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		return
	}
	for _, key := range []string{"href", "src"} {
		for m := range dom.Each(n, dom.Selector("["+key+"]")) {
			value := strings.TrimSpace(dom.Attr(m, key))
			if ref, err := url.Parse(value); err == nil && value != "" && !strings.HasPrefix(value, "#") && ref.Scheme == "" {
				dom.SetAttr(m, key, base.ResolveReference(ref).String())
			}
		}
	}
}
