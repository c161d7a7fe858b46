package main

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
	"golang.org/x/net/idna"
)

// domainFlags are about certificates that the program gets for itself.
type domainFlags struct {
	Domain     string `help:"The domain of this server: it gets and renews its certificate by itself, and speaks HTTPS. Listens on :443 and :80 unless told otherwise." placeholder:"NAME" env:"FICSTEAD_DOMAIN"`
	ListenHTTP string `name:"listen-http" help:"With --domain: where plain HTTP is sent on to HTTPS." default:":80" env:"FICSTEAD_LISTEN_HTTP"`
	ACMEURL    string `name:"acme-url" help:"With --domain: the directory of the certificate authority, if it is not Let's Encrypt." placeholder:"URL" env:"FICSTEAD_ACME_URL"`
	ACMEEmail  string `name:"acme-email" help:"With --domain: where the certificate authority reaches you." placeholder:"EMAIL" env:"FICSTEAD_ACME_EMAIL"`
}

// strictTransport has browsers that were here once ask for HTTPS alone, for a
// year. It says nothing of names below this one, which may be others'.
const strictTransport = "max-age=31536000"

// checkDomain refuses what no certificate can be had for.
func (d domainFlags) checkDomain() error {
	name, err := idna.Lookup.ToASCII(d.Domain)
	if err != nil || !strings.Contains(name, ".") || strings.ContainsAny(name, ":/*") || strings.Trim(name, "0123456789.") == "" {
		return fmt.Errorf("--domain %q is no name of a server; give it as fic.example", d.Domain)
	}
	return nil
}

// secure has server speak TLS, with a certificate that is got when it is first
// needed, kept in the data folder, and renewed in time. It returns what is to
// answer plain HTTP.
func (d domainFlags) secure(server *http.Server, data string) (plain http.Handler) {
	name, _ := idna.Lookup.ToASCII(d.Domain) // checkDomain took it
	manager := &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		Cache:      autocert.DirCache(filepath.Join(data, "certificates")),
		HostPolicy: autocert.HostWhitelist(name),
		Email:      d.ACMEEmail,
	}
	if d.ACMEURL != "" {
		manager.Client = &acme.Client{DirectoryURL: d.ACMEURL}
	}
	server.TLSConfig = manager.TLSConfig()
	h := server.Handler
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Strict-Transport-Security", strictTransport)
		h.ServeHTTP(w, r)
	})
	return manager.HTTPHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "This is plain HTTP, which anybody on the way can read. Use https://"+name+"/", http.StatusForbidden)
			return
		}
		// Always to the name that there is a certificate for, whatever was asked.
		http.Redirect(w, r, "https://"+name+r.URL.RequestURI(), http.StatusMovedPermanently)
	}))
}
