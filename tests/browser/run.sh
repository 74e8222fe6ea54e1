#!/usr/bin/env bash
# Runs a command with ETAM_TEST_BROWSER set; installs Debian's Chromium first where it is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/debian.sh
. "$here/../debian.sh"

if [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null; then
    install chromium
fi
export CHROMIUM=${CHROMIUM:-$(command -v chromium)}
export ETAM_TEST_BROWSER=1
"$@"
