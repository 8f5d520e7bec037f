# SPDX-License-Identifier: GPL-3.0-or-later
# Two commands: `make run` builds Headgate and opens it on its sandbox, `make test` runs every test that this machine can.
# Both install what is missing first (root or sudo; otherwise they print the one apt line).
.PHONY: help run test test-fast test-deep bench screenshots lint sandbox-kafka

help:
	@sed -n 's/^#: //p' Makefile

#: make run             build, then open the window on the sandbox (without a display: its triage as text and pictures)
run:
	@packaging/install-dependencies.sh build run
	@packaging/librdkafka.sh
	@packaging/build.sh release headgate headgatectl headgate-worker
	@packaging/run.sh

#: make sandbox-kafka   the same on a real Kafka broker and two real Connect workers (needs Java; fetches 55 MB)
sandbox-kafka:
	@packaging/install-dependencies.sh build run sandbox
	@packaging/librdkafka.sh
	@packaging/sandbox.sh
	@packaging/build.sh release headgate headgatectl headgate-worker
	@packaging/run.sh --sandbox=kafka

#: make test            build with sanitizers, run every test, also on real Kafka and Connect; says what was not run and why
test:
	@packaging/test.sh

#: make test-fast       the same without sanitizers
test-fast:
	@packaging/test.sh --preset dev

#: make test-deep       the same many times over with new seeds, hours long
test-deep:
	@packaging/test.sh --deep

#: make bench           measured figures against their targets (release build)
bench:
	@packaging/install-dependencies.sh build run test
	@packaging/librdkafka.sh
	@packaging/build.sh release bench
	@build/release/tests/bench/bench

#: make screenshots     a picture of every page, light and dark, under build/screenshots
screenshots:
	@packaging/install-dependencies.sh build run
	@packaging/librdkafka.sh
	@packaging/build.sh release headgate headgatectl headgate-worker
	@packaging/run.sh --pictures build/screenshots

#: make lint            formatting, the rules of the tree, clang-tidy on what was changed (packaging/lint.sh --all: on everything)
lint:
	@packaging/install-dependencies.sh build test
	@packaging/librdkafka.sh
	@packaging/lint.sh
