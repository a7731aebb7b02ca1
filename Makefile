# Two commands matter: `make run` and `make test`. Both install what they need and say what they do.
.DEFAULT_GOAL := build
.PHONY: build run test quick bench torture crash fuzz tidy docs clean

BUILD := build
JOBS := $(shell nproc)

build: $(BUILD)/build.ninja
	@ninja -j$(JOBS) -C $(BUILD) --quiet

$(BUILD)/build.ninja:
	@tools/install run
	@meson setup $(BUILD) --buildtype=debugoptimized >/dev/null

# Builds, makes the synthetic province on first use, serves http://127.0.0.1:8006
run:
	@tools/install run
	@$(MAKE) --no-print-directory build
	@tools/run $(BUILD)/app/bon

# Everything a change must pass; prints "N passed, N failed" last.
test:
	@tools/install test
	@tests/run all

# Unit tests under ASan and UBSan: seconds.
quick:
	@tools/install test
	@tests/run quick

bench:
	@tools/install test
	@bench/run

torture crash:
	@tools/install test
	@tests/run $@

fuzz:
	@tools/install test
	@fuzz/run

tidy: build
	@git ls-files | $(BUILD)/tools/tidy/tidy

# Pages made from the contracts: docs/models.md, docs/permissions.md
docs: build
	@tools/docs $(BUILD)/app/bon

clean:
	@rm -rf $(BUILD) build-*
