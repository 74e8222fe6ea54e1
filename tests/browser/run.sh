#!/usr/bin/env bash
# Runs a command with ETAM_TEST_BROWSER set; installs Debian's Chromium first where it is missing.
set -euo pipefail

if [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends chromium
fi
export CHROMIUM=${CHROMIUM:-$(command -v chromium)}
export ETAM_TEST_BROWSER=1
"$@"
