package guard

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the networks of those who may say for whom they ask.
type Proxies []netip.Prefix

// ParseProxies reads addresses and networks, such as 127.0.0.1 and 10.0.0.0/8.
func ParseProxies(list []string) (Proxies, error) {
	var all Proxies
	for _, s := range list {
		network, err := netip.ParsePrefix(s)
		if err != nil {
			var address netip.Addr
			if address, err = netip.ParseAddr(s); err == nil {
				network, err = address.Unmap().Prefix(address.Unmap().BitLen())
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%q is neither an address nor a network; give it as 127.0.0.1 or 10.0.0.0/8", s)
		}
		all = append(all, network.Masked())
	}
	return all, nil
}

func (p Proxies) has(address netip.Addr) bool {
	for _, network := range p {
		if network.Contains(address.Unmap().WithZone("")) {
			return true
		}
	}
	return false
}

// maxHops bounds how many proxies are believed to stand one behind the other.
const maxHops = 20

// client is the address that a request comes from, and whether it came to the
// outermost proxy under TLS. What a proxy says is believed of listed ones only,
// from the nearest on: what stands before that in X-Forwarded-For anyone can
// have written.
func (p Proxies) client(r *http.Request) (from netip.Addr, secure bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, r.TLS != nil
	}
	from = peer.Addr().Unmap()
	if !p.has(from) {
		return from, r.TLS != nil
	}
	secure = r.TLS != nil || strings.EqualFold(strings.TrimSpace(r.Header.Get("X-Forwarded-Proto")), "https")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= max(0, len(hops)-maxHops); i-- {
		hop, ok := parseHop(strings.TrimSpace(hops[i]))
		if !ok {
			return from, secure
		}
		if from = hop; !p.has(hop) {
			return from, secure
		}
	}
	return from, secure
}

// parseHop reads an address that may bear a port.
func parseHop(s string) (netip.Addr, bool) {
	if both, err := netip.ParseAddrPort(s); err == nil {
		return both.Addr().Unmap(), true
	}
	address, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return address.Unmap(), err == nil
}

type originKey struct{}

// An origin is where a request comes from.
type origin struct {
	address netip.Addr
	secure  bool
}

// Origins finds out where each request comes from, for Address and IsSecure. An
// https address of the site says that it is reached under TLS, whoever ends that.
func Origins(public string, p Proxies, h http.Handler) http.Handler {
	https := strings.HasPrefix(strings.ToLower(public), "https://")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var o origin
		o.address, o.secure = p.client(r)
		o.secure = o.secure || https && !isLoopback(hostName(r.Host))
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), originKey{}, o)))
	})
}

// Address is where a request comes from; it is not valid if that is unknown.
func Address(r *http.Request) netip.Addr {
	o, _ := r.Context().Value(originKey{}).(origin)
	return o.address
}

// IsSecure reports whether a request came under TLS.
func IsSecure(r *http.Request) bool {
	o, ok := r.Context().Value(originKey{}).(origin)
	return ok && o.secure || !ok && r.TLS != nil
}
