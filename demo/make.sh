#!/bin/sh
# Trains the demo model and makes the sample recording. Needs espeak-ng's library (Debian:
# libespeak-ng1, espeak-ng-data) and about two hours on two cores. MINUTES sets how long it trains,
# SHARDS how much speech is made for it. All is made in .cache/demo-model/ and takes the place of
# what is shipped only if the new model is good enough: `MINUTES=1 SHARDS=2 make demo-model` tries
# the way in half an hour, ends with an error and spoils nothing.
set -eu
cd "$(dirname "$0")/.."
work=.cache/demo-model
made="$work/made"
mkdir -p "$work"
test -e "$work/venv" || python3 -m venv "$work/venv"
python="$work/venv/bin/python"
"$python" -m pip install --quiet --disable-pip-version-check -r demo/requirements.txt

export OMP_NUM_THREADS=1
rm -rf "$work/checkpoint.pt" "$made"
mkdir -p "$made"
"$python" -m demo.make_recording --target "$made/recording.ogg"
"$python" -m demo.pool --folder "$work/pool" --shards "${SHARDS:-110}"
"$python" -m demo.train --work "$work" --minutes "${MINUTES:-105}" --log "$made/training-log.csv"
"$python" -m demo.export --work "$work" --target "$made/model"
"$python" -m demo.evaluate --work "$work" --model-folder "$made/model" --recording "$made/recording.ogg"
cp "$made/model/"* pipeline/demo/model/
cp "$made/recording.ogg" pipeline/demo/recording/*.ogg
cp "$made/training-log.csv" demo/training-log.csv
