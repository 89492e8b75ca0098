# Each goal is a line or two over scripts/, which get what is missing.

.DEFAULT_GOAL := help
.PHONY: help serve build check test size conformance mutants bench screenshots first-picture dist clean

help:
	@echo 'make serve        build the page and serve it on 127.0.0.1:8080 (PORT=... for another port)'
	@echo 'make test         everything: the checks, the build, its size and the browser tests'
	@echo 'make check        the checks that need no browser: format, lints, native tests'
	@echo 'make build        build the page into dist/'
	@echo 'make dist         build the page, and make of it a folder and a zip for any server, in release/'
	@echo 'make size         build the page and weigh it'
	@echo 'make conformance  replay the traces of the real controllers, the unit vectors, and what kubectl printed'
	@echo 'make mutants      change the controllers in small ways, and count what the tests notice (an hour)'
	@echo 'make bench        measure speed, memory and work per frame, against the goals (some minutes)'
	@echo 'make screenshots  take the pictures of the README, and of pods at several sizes'
	@echo 'make first-picture  take what the page shows before its program has come from the page itself'
	@echo 'make clean        remove what was built (the tools in .tools/ stay)'

serve:
	@scripts/wasm-target.sh
	@scripts/tools.sh
	@scripts/page.sh serve

build:
	@scripts/wasm-target.sh
	@scripts/tools.sh
	@scripts/page.sh build

dist: build
	@node scripts/release.mjs

check:
	@scripts/wasm-target.sh
	@scripts/check.sh

test:
	@scripts/test.sh

size: build
	@node scripts/size.mjs

conformance:
	cargo test --release --test conformance --test unit_vectors --test views --test recorded -- --nocapture

mutants:
	@scripts/mutants.sh

bench:
	@scripts/bench.sh

screenshots: build
	@scripts/browser.sh
	@node scripts/screenshots.mjs

first-picture: build
	@scripts/browser.sh
	@node scripts/first-picture.mjs

clean:
	rm -rf dist release
	cargo clean
