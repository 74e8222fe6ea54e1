#!/usr/bin/env bash
# Ends the server that start.sh began in DIR, by the process ids it wrote, and removes DIR.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/debian.sh
. "$here/../debian.sh"
state=${1:-$here/../../.cache/s3-server}
[ -e "$state/ceph.conf" ] || exit 0

for daemon in client osd mon; do
    pid=$(process_of "$state/$daemon.pid" "-c $state/ceph.conf") || continue
    end_process "$pid"
done
rm -rf "$state"
