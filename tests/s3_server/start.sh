#!/usr/bin/env bash
# A real S3 server for tests on 127.0.0.1: Ceph's object gateway with one monitor and one disk.
#
#   tests/s3_server/start.sh [DIR]      DIR holds everything it makes (default .cache/s3-server)
#   . DIR/env                           where it listens, and its two users
#   tests/s3_server/stop.sh [DIR]       ends it and removes DIR
#
# Debian packages: see packages.txt beside this file.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/debian.sh
. "$here/../debian.sh"
state=${1:-$here/../../.cache/s3-server}
export PATH=$PATH:/usr/sbin:/sbin

for program in ceph-mon ceph-osd radosgw radosgw-admin ceph monmaptool curl; do
    if ! command -v "$program" >/dev/null; then
        echo "$program is missing. Install: $(tr '\n' ' ' <"$here/packages.txt")" >&2
        exit 4
    fi
done
if [ -e "$state/env" ]; then
    echo "There is a server in $state already; end it with stop.sh." >&2
    exit 4
fi

mkdir -p "$state"
state=$(cd "$state" && pwd)
mkdir "$state/mon" "$state/disk" "$state/gateway" "$state/log"
conf=$state/ceph.conf
trap '[ $? = 0 ] || { tail -n 20 "$state"/log/*.log >&2 || true; "$here/stop.sh" "$state"; }' EXIT

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
mon_port=$(free_port)
port=${S3_PORT:-$(free_port)}
cluster=$(cat /proc/sys/kernel/random/uuid)

write_settings() {
    cat >"$conf" <<END
[global]
fsid = $cluster
# Only this machine may speak to it, so nobody has to sign in between the daemons.
mon host = v1:127.0.0.1:$mon_port
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
auth cluster required = none
auth service required = none
auth client required = none
# One disk, one copy.
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
# A test machine is often nearly full; the default stops at five per cent.
mon data avail warn = 2
mon data avail crit = 1
run dir = $state
pid file = $state/\$type.pid
admin socket = $state/\$type.\$pid.asok
log file = $state/log/\$type.log
mon cluster log file = $state/log/cluster.log
crash dir = $state/log

[mon]
mon data = $state/mon

[osd]
osd data = $state/disk
osd objectstore = bluestore
bluestore block create = true
# The file is sparse: it takes what is stored and no more.
bluestore block size = 17179869184
osd memory target = 939524096
bluestore cache autotune = false
bluestore cache size = 67108864

[client.gateway]
rgw data = $state/gateway
rgw frontends = beast endpoint=127.0.0.1:$port
rgw thread pool size = 16
END
}

start_monitor() {
    monmaptool --create --fsid "$cluster" --addv a "v1:127.0.0.1:$mon_port" "$state/monmap" >/dev/null
    ceph-mon -c "$conf" -i a --mkfs --monmap "$state/monmap"
    ceph-mon -c "$conf" -i a
    wait_for 30 ceph -c "$conf" --connect-timeout 5 mon stat
}

disk_is_up() { ceph -c "$conf" osd stat | grep -q ' 1 up'; }

start_disk() {
    local disk
    disk=$(cat /proc/sys/kernel/random/uuid)
    ceph -c "$conf" osd new "$disk" >/dev/null
    ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$disk" --no-mon-config >/dev/null 2>"$state/log/mkfs.log"
    ceph -c "$conf" osd crush add osd.0 1.0 root=default host=localhost >/dev/null 2>&1
    # Now and then it asks the monitor before it has heard the cluster's name, and ends itself with
    # "wrong fsid"; nothing has been written then.
    wait_for 30 ceph-osd -c "$conf" -i 0
    wait_for 60 disk_is_up
}

make_user() { # NAME KEY SECRET
    radosgw-admin -c "$conf" -n client.gateway user create --uid="$1" --display-name="$1" \
        --access-key="$2" --secret="$3" >/dev/null 2>"$state/log/users.log"
}

write_settings
start_monitor
start_disk
radosgw -c "$conf" -n client.gateway
wait_for 90 curl -s -o /dev/null "http://127.0.0.1:$port/"
make_user publisher PUBLISHERKEY publisher-secret
make_user stranger STRANGERKEY stranger-secret

cat >"$state/env" <<END
export ETAM_S3_ENDPOINT=http://127.0.0.1:$port
export ETAM_S3_KEY=PUBLISHERKEY ETAM_S3_SECRET=publisher-secret
export ETAM_S3_STRANGER_KEY=STRANGERKEY ETAM_S3_STRANGER_SECRET=stranger-secret
END
echo "S3 answers at http://127.0.0.1:$port; . $state/env"
