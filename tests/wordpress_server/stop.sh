#!/usr/bin/env bash
# Ends the server that start.sh began in DIR, by the process ids it wrote, and removes DIR.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=${1:-$here/../../.cache/wordpress-server}
[ -d "$state/database" ] || exit 0
state=$(cd "$state" && pwd)

for server in web db; do
    file=$state/$server.pid
    [ -s "$file" ] || continue
    pid=$(tr -d '[:space:]' <"$file")
    # A number left from long ago may be somebody else's process by now.
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q -- "$state/" || continue
    # PHP's server does not end its workers when it ends itself.
    workers=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null || true)
    # shellcheck disable=SC2086
    kill "$pid" $workers 2>/dev/null || true
    for _ in $(seq 50); do
        [ -d "/proc/$pid" ] || break
        sleep 0.2
    done
    [ ! -d "/proc/$pid" ] || kill -9 "$pid"
done
rm -rf "$state"
