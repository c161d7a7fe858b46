package archive

import (
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// AO3 is the host of the Archive of Our Own.
const AO3 = "archiveofourown.org"

// ao3Hosts are the other names that archive answers to, or answered to.
var ao3Hosts = map[string]bool{
	AO3: true, "ao3.org": true, "archiveofourown.com": true, "archiveofourown.net": true,
	"archiveofourown.gay": true, "archiveofourown.to": true, "archive.transformativeworks.org": true,
	"download.archiveofourown.org": true, "insecure.archiveofourown.org": true,
	"secure.archiveofourown.org": true, "media.archiveofourown.org": true,
}

// identities are the addresses that tell a work's number. At sites not among
// them the address itself is the Key, see addressKey.
var identities = []struct {
	host, path *regexp.Regexp
	site, key  string
}{
	{regexp.MustCompile(`^(m\.)?fanfiction\.net$`), regexp.MustCompile(`^/s/(\d+)`), "fanfiction.net", "ffn"},
	{regexp.MustCompile(`^(m\.)?fictionpress\.com$`), regexp.MustCompile(`^/s/(\d+)`), "fictionpress.com", "fictionpress"},
	{regexp.MustCompile(`^(m\.)?wattpad\.com$`), regexp.MustCompile(`^/story/(\d+)`), "wattpad.com", "wattpad"},
	{regexp.MustCompile(`^fimfiction\.net$`), regexp.MustCompile(`^/story/(\d+)`), "fimfiction.net", "fimfiction"},
	{regexp.MustCompile(`^royalroad\.com$`), regexp.MustCompile(`^/fiction/(\d+)`), "royalroad.com", "royalroad"},
	{regexp.MustCompile(`^ficwad\.com$`), regexp.MustCompile(`^/story/(\d+)`), "ficwad.com", "ficwad"},
}

var workPath = regexp.MustCompile(`/works/(\d+)`)

// ParseSource tells what an address says of where a work was. It is the zero
// Source if the address is none of the web.
func ParseSource(address string) Source {
	address = strings.TrimSpace(address)
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return Source{}
	}
	site := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	s := Source{URL: u.String(), Site: site}
	if ao3Hosts[site] {
		s.Site = AO3
		if m := workPath.FindStringSubmatch(u.Path); m != nil {
			s.Key = "ao3:" + m[1]
		}
	}
	for _, id := range identities {
		if m := id.path.FindStringSubmatch(u.Path); m != nil && id.host.MatchString(site) {
			s.Site, s.Key = id.site, id.key+":"+m[1]
		}
	}
	if key := efictionKey(u); s.Key == "" && key != "" {
		s.Key = key
	}
	if site, entry := journalEntry(site, u.Path); s.Key == "" && entry != "" {
		s.Site, s.Key = site, addressPrefix+site+entry
	}
	if s.Key == "" && !ao3Hosts[site] {
		s.Key = addressKey(site, u)
	}
	return s
}

var (
	journalHost  = regexp.MustCompile(`^(?:([\w-]+)\.)?(livejournal\.com|dreamwidth\.org|insanejournal\.com|deadjournal\.com|journalfen\.net)$`)
	journalPath  = regexp.MustCompile(`^(?:/(?:users/|community/|~)?([\w-]+))?(/\d+\.html)$`)
	journalRooms = map[string]bool{"": true, "community": true, "communities": true, "users": true, "syndicated": true}
)

// journalEntry is where an entry of a journal is, whatever else its address says
// of looks and comments: journals had other addresses before 2006, and communities
// before 2012.
func journalEntry(host, path string) (site, entry string) {
	h, p := journalHost.FindStringSubmatch(host), journalPath.FindStringSubmatch(path)
	if h == nil || p == nil {
		return "", ""
	}
	name := h[1]
	if journalRooms[name] {
		name = p[1]
	}
	if name == "" || !journalRooms[h[1]] && p[1] != "" {
		return "", ""
	}
	return strings.ToLower(strings.ReplaceAll(name, "_", "-")) + "." + h[2], p[2]
}

// efictionKey is the identity of a work at an archive that runs on eFiction,
// whatever else the address says of chapters, printing and warnings.
func efictionKey(u *url.URL) string {
	folder, page := path.Split(u.Path)
	sid := u.Query().Get("sid")
	if n, err := strconv.Atoi(sid); page != "viewstory.php" || err != nil || n <= 0 {
		return ""
	}
	return "efiction:" + efictionHost(u, folder) + ":sid:" + strings.TrimLeft(sid, "0")
}

// EFictionHost is how keys of an archive that runs on eFiction at this address
// call it: the host without www, and the folder if it has one. It is "" if the
// address is none of the web.
func EFictionHost(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	folder := u.Path
	if strings.HasSuffix(folder, ".php") {
		folder, _ = path.Split(folder)
	}
	return efictionHost(u, folder)
}

func efictionHost(u *url.URL, folder string) string {
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") + strings.TrimRight(path.Clean("/"+folder), "/")
}

// addressKey is the identity of a page of a site that is not known: its address
// without scheme, fragment and the order of its parameters. The front page of a
// site is no work's address.
func addressKey(site string, u *url.URL) string {
	path, query := strings.TrimRight(u.EscapedPath(), "/"), u.Query().Encode()
	if path == "" && query == "" {
		return ""
	}
	if query != "" {
		query = "?" + query
	}
	return addressPrefix + site + path + query
}

const addressPrefix = "url:"

// IsAddress reports whether the Key is no more than an address. Such may be
// shared by works, where a site gives all its pages one address.
func (s Source) IsAddress() bool { return strings.HasPrefix(s.Key, addressPrefix) }
