#!/bin/sh
# Trains the demo model and makes the sample recording. Needs espeak-ng's library (Debian:
# libespeak-ng1, espeak-ng-data) and about two hours on two cores; MINUTES sets how long it trains, SHARDS how
# much speech is made for it: `MINUTES=1 SHARDS=2 make demo-model` tries the way and spoils the model.
set -eu
cd "$(dirname "$0")/.."
work=.cache/demo-model
mkdir -p "$work"
test -e "$work/venv" || python3 -m venv "$work/venv"
python="$work/venv/bin/python"
"$python" -m pip install --quiet --disable-pip-version-check -r demo/requirements.txt

export OMP_NUM_THREADS=1
rm -f "$work/checkpoint.pt" demo/training-log.csv
"$python" -m demo.make_recording
"$python" -m demo.pool --folder "$work/pool" --shards "${SHARDS:-110}"
"$python" -m demo.train --work "$work" --minutes "${MINUTES:-105}"
"$python" -m demo.export --work "$work"
"$python" -m demo.evaluate --work "$work"
