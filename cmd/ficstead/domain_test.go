package main

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// authority is a certificate authority that speaks as much of ACME (RFC 8555) as
// it takes to get a certificate, and asks the server for its proof (RFC 8737).
type authority struct {
	*httptest.Server
	key  crypto.Signer
	root *x509.Certificate

	mu     sync.Mutex
	target string // where the domain's server listens
	proven bool
	issued []byte
	orders int
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "an authority for tests"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, root, root, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	if root, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a := &authority{key: key, root: root}
	a.Server = httptest.NewServer(http.HandlerFunc(a.answer))
	t.Cleanup(a.Close)
	return a
}

func (a *authority) answer(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w.Header().Set("Replay-Nonce", rand.Text())
	payload := payloadOf(r.Body)
	switch r.URL.Path {
	case "/directory":
		tell(w, 200, map[string]any{"newNonce": a.URL + "/nonce", "newAccount": a.URL + "/account", "newOrder": a.URL + "/order", "revokeCert": a.URL + "/revoke"})
	case "/account":
		w.Header().Set("Location", a.URL+"/account/1")
		tell(w, 201, map[string]any{"status": "valid"})
	case "/order":
		a.orders++
		w.Header().Set("Location", a.URL+"/order/1")
		tell(w, 201, a.order())
	case "/order/1":
		w.Header().Set("Location", a.URL+"/order/1")
		tell(w, 200, a.order())
	case "/proof", "/challenge":
		if r.URL.Path == "/challenge" {
			a.proven = a.proof() == nil
		}
		status := map[bool]string{false: "pending", true: "valid"}[a.proven]
		challenge := map[string]any{"type": "tls-alpn-01", "url": a.URL + "/challenge", "token": "a-token", "status": status}
		if r.URL.Path == "/challenge" {
			tell(w, 200, challenge)
			return
		}
		tell(w, 200, map[string]any{"status": status, "identifier": map[string]string{"type": "dns", "value": "fic.example"}, "challenges": []any{challenge}})
	case "/finalize":
		a.issue(payload)
		w.Header().Set("Location", a.URL+"/order/1")
		tell(w, 200, a.order())
	case "/certificate":
		w.Header().Set("Content-Type", "application/pem-certificate-chain")
		for _, der := range [][]byte{a.issued, a.root.Raw} {
			_ = pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: der})
		}
	}
}

func (a *authority) order() map[string]any {
	status := "pending"
	switch {
	case a.issued != nil:
		status = "valid"
	case a.proven:
		status = "ready"
	}
	return map[string]any{
		"status": status, "identifiers": []any{map[string]string{"type": "dns", "value": "fic.example"}},
		"authorizations": []string{a.URL + "/proof"}, "finalize": a.URL + "/finalize", "certificate": a.URL + "/certificate",
	}
}

// proof asks whoever answers for the domain for a certificate that only they can make.
func (a *authority) proof() error {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	c, err := tls.DialWithDialer(dialer, "tcp", a.target, &tls.Config{ServerName: "fic.example", NextProtos: []string{"acme-tls/1"}, InsecureSkipVerify: true})
	if err != nil {
		return err
	}
	defer c.Close()
	for _, e := range c.ConnectionState().PeerCertificates[0].Extensions {
		if e.Id.Equal(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 31}) && e.Critical {
			return nil
		}
	}
	return fmt.Errorf("no proof")
}

func (a *authority) issue(payload []byte) {
	var asked struct{ CSR string }
	_ = json.Unmarshal(payload, &asked)
	der, _ := base64.RawURLEncoding.DecodeString(asked.CSR)
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil || !a.proven || !slices.Equal(csr.DNSNames, []string{"fic.example"}) {
		return
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), DNSNames: csr.DNSNames, NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(time.Hour), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	a.issued, _ = x509.CreateCertificate(rand.Reader, leaf, a.root, csr.PublicKey, a.key)
}

// payloadOf is what a signed message says; the signature is not looked at.
func payloadOf(r io.Reader) []byte {
	var signed struct{ Payload string }
	_ = json.NewDecoder(r).Decode(&signed)
	b, _ := base64.RawURLEncoding.DecodeString(signed.Payload)
	return b
}

func tell(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// client reaches fic.example at an address and trusts the authority alone.
func (a *authority) client(address string) *http.Client {
	pool := x509.NewCertPool()
	pool.AddCert(a.root)
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			TLSClientConfig: &tls.Config{RootCAs: pool},
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, network, address)
			},
			DisableKeepAlives: true,
		},
	}
}

// secured starts a server of fic.example and says where it listens.
func secured(t *testing.T, a *authority, data string) (https string, plain http.Handler) {
	t.Helper()
	server := newServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello "+r.Host) }))
	plain = domainFlags{Domain: "fic.example", ACMEURL: a.URL + "/directory"}.secure(server, data)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &front{servers: []listening{{server, listener}}}
	f.serve()
	t.Cleanup(f.close)
	a.mu.Lock()
	a.target = listener.Addr().String()
	a.mu.Unlock()
	return listener.Addr().String(), plain
}

func TestDomainGetsItsCertificate(t *testing.T) {
	a, data := newAuthority(t), t.TempDir()
	for _, start := range []string{"first", "second"} {
		address, _ := secured(t, a, data)
		response, err := a.client(address).Get("https://fic.example/works")
		if err != nil {
			t.Fatalf("%s start: %v", start, err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if string(body) != "hello fic.example" || response.Header.Get("Strict-Transport-Security") != strictTransport {
			t.Errorf("%s start: %q, %v", start, body, response.Header)
		}
		if response.TLS.Version < tls.VersionTLS12 {
			t.Errorf("TLS %x", response.TLS.Version)
		}
		if _, err := a.client(address).Get("https://other.example/"); err == nil {
			t.Error("it has a certificate for another name")
		}
	}
	if a.orders != 1 {
		t.Errorf("%d certificates were ordered, want one that is kept", a.orders)
	}
	kept, err := os.ReadDir(filepath.Join(data, "certificates"))
	if err != nil || len(kept) == 0 {
		t.Fatalf("nothing is kept: %v", err)
	}
	for _, file := range kept {
		if info, err := file.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be read by others: %v", file.Name(), info.Mode())
		}
	}
}

func TestPlainHTTPIsSentOn(t *testing.T) {
	_, plain := secured(t, newAuthority(t), t.TempDir())
	for _, c := range []struct {
		method, host, path string
		status             int
		location           string
	}{
		{"GET", "fic.example", "/works?q=a", 301, "https://fic.example/works?q=a"},
		{"HEAD", "fic.example:80", "/", 301, "https://fic.example/"},
		{"GET", "evil.example", "//evil.example/", 301, "https://fic.example//evil.example/"},
		{"POST", "fic.example", "/import", 403, ""},
		{"GET", "fic.example", "/.well-known/acme-challenge/unknown", 404, ""},
	} {
		r := httptest.NewRequest(c.method, c.path, nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		plain.ServeHTTP(w, r)
		if w.Code != c.status || w.Header().Get("Location") != c.location {
			t.Errorf("%s %s of %s: %d %q", c.method, c.path, c.host, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestCheckDomain(t *testing.T) {
	for name, good := range map[string]bool{
		"fic.example": true, "bücher.example": true, "a.b.c.example": true,
		"": false, "localhost": false, "https://fic.example": false, "fic.example:443": false, "*.example": false, "192.0.2.1": false, "fic example.org": false, "fic.example/x": false,
	} {
		if err := (domainFlags{Domain: name}).checkDomain(); (err == nil) != good {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, _, errs := call(t, t.TempDir(), "serve", "--domain", "fic.example"); !strings.Contains(errs, "owner account") {
		t.Errorf("without accounts it says %q", errs)
	}
}
