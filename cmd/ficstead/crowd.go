package main

import (
	"errors"

	"ficstead/internal/base/machine"
	"ficstead/internal/metrics"
	"ficstead/internal/web"
	"ficstead/internal/web/budget"
	"ficstead/internal/web/guard"
	"ficstead/internal/web/overload"
)

// crowdFlags are about many readers, and those who ask too much.
type crowdFlags struct {
	TrustedProxy   []string          `name:"trusted-proxy" help:"Address or network of a reverse proxy in front of this server. What others say about whom they ask for is not believed." placeholder:"ADDRESS" env:"FICSTEAD_TRUSTED_PROXY"`
	Budget         map[string]string `help:"What one reader may ask for: pages, lists, downloads, writes, api and pictures as a second:at once, such as lists=5:200, or works=2000 different ones a day, 0 for any number." placeholder:"CLASS=PACE" env:"FICSTEAD_BUDGET"`
	MaxConnections int               `name:"max-connections" help:"How many connections may be open at once; those that ask for nothing are closed first." default:"4096" env:"FICSTEAD_MAX_CONNECTIONS"`
}

// check refuses what cannot be meant.
func (c crowdFlags) check() error {
	_, err := guard.ParseProxies(c.TrustedProxy)
	_, wrong := budget.Visitors.Change(c.Budget)
	if c.MaxConnections < 16 {
		err = errors.Join(err, errors.New("--max-connections must be 16 at least: a browser takes six"))
	}
	return errors.Join(err, wrong)
}

// apply tells the site what check took. A library of this machine alone has one
// reader, who may ask for anything; as soon as others reach it, there are budgets.
func (c crowdFlags) apply(site *web.Site) error {
	var err error
	if site.Proxies, err = guard.ParseProxies(c.TrustedProxy); err != nil {
		return err
	}
	if site.PublicURL == "" && len(site.Proxies) == 0 && len(c.Budget) == 0 {
		return nil
	}
	visitors, err := budget.Visitors.Change(c.Budget)
	if err != nil {
		return err
	}
	accounts, err := budget.Accounts.Change(c.Budget)
	site.Budgets = budget.New(visitors, accounts)
	return err
}

// perConnection is how many files one connection may need while it is answered:
// itself, and part of a database's or an index's.
const perConnection = 2

// connections are as many as the flags and the system allow.
func (c crowdFlags) connections(m *metrics.Registry) *overload.Connections {
	most := c.MaxConnections
	if files := machine.MaxFiles(); files > 0 {
		most = min(most, int(min(files, 1<<20))/perConnection)
	}
	all := &overload.Connections{Most: max(16, most), Header: guard.HeaderLines()}
	m.Watch(func(s *metrics.Sample) {
		s.Gauge("ficstead_connections_open", "Connections that are open.", float64(all.Open()))
	})
	return all
}
