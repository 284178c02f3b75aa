# The only entrance: CI calls the same targets as a person does.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test lint unit ui-test live bench lab lab-down record screenshots package app clean

CARGO ?= cargo
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
STAMP := target/.setup
# Without a GPU the software path needs a third of the CPU.
export WEBKIT_DISABLE_DMABUF_RENDERER ?= 1

APT := build-essential pkg-config libwebkit2gtk-4.1-dev librsvg2-dev libayatana-appindicator3-dev \
	webkit2gtk-driver xvfb xdotool openbox imagemagick x11-utils wmctrl dbus dbus-x11 gnome-keyring libsecret-tools \
	chromium fonts-dejavu-core fonts-droid-fallback mmdebstrap sip-tester baresip-core openssl

help: ## What can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Install everything builds and tests need (Debian 12; Rust, Node 20 and npm must be there)
$(STAMP): Makefile ui/package-lock.json
	@for tool in cargo node npm; do command -v $$tool >/dev/null || { echo "Cordboard needs $$tool: install Rust 1.95 (rustup) and Node 20 with npm first." >&2; exit 1; }; done
	@missing=$$(for p in $(APT); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then $(SUDO) apt-get update -q && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -qy --no-install-recommends $$missing; fi
	@command -v cargo-nextest >/dev/null || $(CARGO) install cargo-nextest --version '^0.9' --locked
	@command -v cargo-deny >/dev/null || $(CARGO) install cargo-deny --version '^0.20' --locked
	cd ui && npm ci --ignore-scripts --no-audit --no-fund
	@mkdir -p target && touch $@

ui/dist/index.html: $(STAMP) $(shell find ui/src ui/index.html ui/public ui/vite.config.ts -type f 2>/dev/null)
	cd ui && npm run build

run: ui/dist/index.html ## Open Cordboard on the practice PBX: no Asterisk needed
	$(CARGO) run -p cordboard --features custom-protocol -- --practice

app: ui/dist/index.html ## Build the app (debug) with the UI inside
	$(CARGO) build -p cordboard --features custom-protocol -p cordboardctl

test: $(STAMP) ## Everything CI checks: formats, lints, licences, units, laws, UI, live on Asterisk 22 and 16, e2e in the real window
	@tests/run

lint: $(STAMP) ## Formats, lints, licences
	@tests/run lint

unit: $(STAMP) ## The layers that need no PBX
	@tests/run unit

live: $(STAMP) ## The desk against real Asterisk 22 and 16
	@tests/run live

e2e: $(STAMP) ## The real window against real Asterisk
	@tests/run e2e
.PHONY: e2e

fuzz: ## Throw any bytes at the readers: make fuzz TARGET=board SECONDS=600 (frames, board, session; without TARGET each in turn)
	@CARGO="$(CARGO)" tests/fuzz/run $(or $(SECONDS),60) $(TARGET)
.PHONY: fuzz

soak: $(STAMP) ## Storms of random calls on real Asterisk, half an hour on each version: make soak [SEED=1000] [MINUTES=5]
	SEED=$(SEED) MINUTES=$(MINUTES) $(CARGO) nextest run --workspace --all-features --locked --no-fail-fast --run-ignored only --success-output final -E 'binary(live) and test(/storm::soak/)'
.PHONY: soak

simulate: ## Play courses of events with a failing line and a rival desk, in virtual time: make simulate [SEEDS=10000] [SEED=7: it, or from it]
	SEED=$(SEED) SEEDS=$(SEEDS) $(CARGO) nextest run --release -p desk --locked --run-ignored only --success-output final -E 'binary(simulation)'
.PHONY: simulate

bench: ui/dist/index.html ## Measure speed (release build) and print a table
	$(CARGO) build --release --features cordboard/custom-protocol -p cordboard -p cordboardctl -p cordboard-tests --bin cordboard --bin cordboardctl --bin cordboard-bench
	target/release/cordboard-bench

lab: app ## Bring real Asterisk 22 and ten SIP phones up, and say how to connect
	$(CARGO) build -q -p cordboard-tests --bin cordboard-lab
	target/debug/cordboard-lab up

lab-down: ## Take the lab down
	@[ ! -x target/debug/cordboard-lab ] || target/debug/cordboard-lab down

record: $(STAMP) ## Record transcripts from real Asterisk: make record SCENARIO=call-answered (or all)
	$(CARGO) build -q -p cordboard-tests --bin cordboard-lab
	target/debug/cordboard-lab record $(or $(SCENARIO),all)

screenshots: app ## Take the README's pictures from the real window on the lab
	$(CARGO) build -q -p cordboard-tests --bin cordboard-lab
	tests/e2e/screenshots

package: $(STAMP) ## Build the .deb and .rpm
	ui/node_modules/.bin/tauri build --bundles deb,rpm

clean: ## Throw builds away (the lab's Asterisk stays)
	$(CARGO) clean
	rm -rf ui/dist
