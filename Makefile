# Ficstead. `make help` lists what there is.
SHELL := /bin/bash
export CGO_ENABLED ?= 0
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
COMMIT ?= $(shell git rev-parse --short HEAD 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)

.PHONY: load rights help build release run check bare-root proxies test test-everything test-go truth test-race test-postgres e2e hostile flips fuzz bench bench-rescue bench-find restores torture torture-self golden clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' Makefile

build: ## build the one static binary, ./ficstead
	go build -trimpath -ldflags '$(LDFLAGS)' -o ficstead ./cmd/ficstead

run: build ## start Ficstead with sample stories on a new, empty folder
	./ficstead serve --samples --data "$${DATA:-$$(mktemp -d -t ficstead.XXXXXX)}"

release: ## build for every system, the same bytes wherever it is run, into dist/
	scripts/release

check: ## format, vet, static checks, known faults, licences
	@test -z "$$(gofmt -l cmd internal bench torture tools | tee /dev/stderr)" || { echo 'run gofmt on these'; exit 1; }
	go vet ./...
	go tool -modfile=tools/go.mod staticcheck ./...
	cd tools && go vet ./... && go test ./...
	go run -C tools ./licences -root "$$PWD" >/dev/null
	scripts/vulncheck

test: ## everything CI runs: checks, tests on both databases, EPUBCheck, a real browser
	scripts/prepare
	$(MAKE) check
	scripts/with-postgres $(MAKE) test-everything test-race
	$(MAKE) torture CYCLES=60 PGCYCLES=15 CUTS=30 MIGRATIONS=15
	$(MAKE) torture-self
	scripts/same-twice
	$(MAKE) bare-root ROOTS= proxies e2e

ROOTS ?= debian alpine
bare-root: build ## run in roots with next to nothing in them: empty ones, and those of ROOTS
	scripts/bare-root ./ficstead $(ROOTS)

proxies: build ## run behind each reverse proxy of deploy/ that is installed
	scripts/proxies ./ficstead

test-everything: # every Go test, in any order
	go test -shuffle=on ./...

test-go: ## the tests that need nothing but Go
	go test ./...

truth: ## a plain scan answers as the engine does: 50,000 questions to five archives, also while they change and after crashes (10 minutes)
	go test ./internal/find -count=1 -timeout 0 -v -run 'AgainstScan|AsIfBuiltAnew|Killed' -archives 5 -works 200 -questions 10000 -changes 60 -crashes 100

test-race: ## the packages with goroutines under the race detector, where a C compiler is
	@if command -v gcc >/dev/null; then CGO_ENABLED=1 go test -race -short ./internal/find/... ./internal/jobs/... ./internal/web/... ; \
	else echo 'SKIPPED: race detector (no C compiler)'; test -z "$$CI"; fi

test-postgres: ## the store tests on a PostgreSQL of their own
	scripts/with-postgres go test ./internal/store/... ./internal/catalogue/... ./internal

e2e: build ## journeys and accessibility in a real browser
	scripts/e2e

hostile: build ## every hostile text in every way, and the collections beside the checkout, in a real browser (an hour)
	HOSTILE=all scripts/e2e hostile

flips: ## flip FLIPS bits (default 1000) in an archive, and want each that matters found
	go test ./internal/store/check -run Flipped -v -timeout 60m -flips $${FLIPS:-1000}

fuzz: ## fuzz each target for FUZZTIME (default 1m)
	scripts/fuzz

bench: build ## measure against peers in the same run, and write bench/*.md
	scripts/bench

bench-rescue: ## damage stories, repair them, and write bench/rescue.md (some minutes)
	go run ./bench/rescue

bench-find: ## finding against other engines, and write bench/find.md (half an hour; DATA=folder of a bench/fill archive to serve)
	go run ./bench/find $(if $(DATA),-data $(DATA)) $(FLAGS)

restores: ## COUNT backups of each database, made while others write, restored and compared (default 100; 10 minutes)
	scripts/with-postgres go test ./internal/backup -count=1 -timeout 0 -v -run UnderLoad -restores $(or $(COUNT),100)

CYCLES ?= 200
PGCYCLES ?= 50
CUTS ?= 100
MIGRATIONS ?= 45
torture: ## kill it, cut its power, fill its disk; all that was acknowledged must be there (CYCLES, PGCYCLES, CUTS, MIGRATIONS, SEED)
	scripts/with-postgres go run ./torture -cycles $(CYCLES) -pg-cycles $(PGCYCLES) -cuts $(CUTS) -migrations $(MIGRATIONS) $(if $(SEED),-seed $(SEED)) $(FLAGS)

torture-self: ## plant faults in the program, and see that torture catches each
	go run ./torture -self $(FLAGS)

load: ## everything asked for at once, five times too much of it, and a day; writes bench/load.md (DATA=folder of a bench/fill archive)
	go run ./bench/load -data $(DATA) $(FLAGS)

rights: ## each route as everyone about works in every state, and the crawl for markers of what is hidden (some minutes)
	go test ./internal/web -count=1 -timeout 0 -v -every -run 'EveryRoute|ForbiddenIsMissing|ReadingChanges|Hidden'

golden: ## rewrite the golden files of the museums; read the diff
	go test ./internal/repair/... ./internal/store/... -update

clean: ## remove what was built
	rm -rf ficstead e2e/node_modules e2e/out
