#!/usr/bin/env bash
# Runs a command while a fresh S3 server answers, with tests/s3_server/start.sh's settings in the
# environment. Installs the server's Debian packages first where they are missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/debian.sh
. "$here/../debian.sh"
state=$(mktemp -d)/server
trap '"$here/stop.sh" "$state"; rm -rf "$(dirname "$state")"' EXIT

export PATH=$PATH:/usr/sbin:/sbin
for program in ceph-mon ceph-osd radosgw ceph curl; do
    command -v "$program" >/dev/null && continue
    mapfile -t packages <"$here/packages.txt"
    install "${packages[@]}"
    break
done

"$here/start.sh" "$state" >&2
# shellcheck disable=SC1091
. "$state/env"
export ETAM_S3_REQUIRED=1
"$@"
