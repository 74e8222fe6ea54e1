#!/usr/bin/env bash
# Ends the server that start.sh began in DIR, by the process ids it wrote, and removes DIR.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=${1:-$here/../../.cache/s3-server}
[ -e "$state/ceph.conf" ] || exit 0

for daemon in client osd mon; do
    file=$state/$daemon.pid
    [ -s "$file" ] || continue
    pid=$(tr -d '[:space:]' <"$file")
    # A number left from long ago may be somebody else's process by now.
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q -- "-c $state/ceph.conf" || continue
    kill "$pid"
    for _ in $(seq 50); do
        [ -d "/proc/$pid" ] || break
        sleep 0.2
    done
    [ ! -d "/proc/$pid" ] || kill -9 "$pid"
done
rm -rf "$state"
