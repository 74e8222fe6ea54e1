#!/usr/bin/env bash
# Ends the server that start.sh began in DIR, by the process ids it wrote, and removes DIR.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/debian.sh
. "$here/../debian.sh"
state=${1:-$here/../../.cache/wordpress-server}
[ -d "$state/database" ] || exit 0
state=$(cd "$state" && pwd)

for server in web db; do
    pid=$(process_of "$state/$server.pid" "$state/") || continue
    # PHP's server does not end its workers when it ends itself.
    workers=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null || true)
    end_process "$pid"
    # shellcheck disable=SC2086
    [ -z "$workers" ] || kill $workers 2>/dev/null || true
done
rm -rf "$state"
