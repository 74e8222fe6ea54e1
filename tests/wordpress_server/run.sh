#!/usr/bin/env bash
# Runs a command while a fresh WordPress answers, with tests/wordpress_server/start.sh's settings in
# the environment. Installs its Debian packages first where they are missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/debian.sh
. "$here/../debian.sh"
state=$(mktemp -d)/server
trap '"$here/stop.sh" "$state"; rm -rf "$(dirname "$state")"' EXIT

export PATH=$PATH:/usr/sbin:/sbin
if ! "$here/start.sh" --is-possible; then
    mapfile -t packages <"$here/packages.txt"
    install "${packages[@]}"
fi

"$here/start.sh" "$state" >&2
# shellcheck disable=SC1091
. "$state/env"
export ETAM_WORDPRESS_REQUIRED=1
"$@"
