package budget

import "net/netip"

// A Reader is whose budget a request is paid from.
type Reader struct {
	account int64
	network netip.Prefix
}

// Account is the reader of an account, whatever address they come from.
func Account(id int64) Reader { return Reader{account: id} }

// Network is the reader of all who come from an address without an account: of
// IPv6 the network of 64 bits, because whoever has one address there has them all.
func Network(address netip.Addr) Reader {
	address = address.Unmap().WithZone("")
	bits := 32
	if address.Is6() {
		bits = 64
	}
	network, err := address.Prefix(bits)
	if err != nil {
		return Reader{} // no address: all of them together are one reader
	}
	return Reader{network: network}
}
