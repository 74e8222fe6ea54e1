#!/usr/bin/env bash
# A real WordPress for tests on 127.0.0.1: Debian's WordPress, PHP's own web server, and MariaDB on a
# unix socket.
#
#   tests/wordpress_server/start.sh [DIR]      DIR holds everything it makes
#                                              (default .cache/wordpress-server)
#   . DIR/env                                  where it listens, its users and their passwords
#   tests/wordpress_server/stop.sh [DIR]       ends it and removes DIR
#   tests/wordpress_server/start.sh --is-possible    whether what it needs is installed
#
# Debian packages: see packages.txt beside this file.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/debian.sh
. "$here/../debian.sh"
export PATH=$PATH:/usr/sbin:/sbin
wordpress=/usr/share/wordpress

is_possible() {
    for program in mariadbd mariadb-install-db mariadb mariadb-admin php; do
        command -v "$program" >/dev/null || return 1
    done
    [ -e "$wordpress/wp-load.php" ] && php -r 'exit(extension_loaded("mysqli") ? 0 : 1);'
}
if [ "${1-}" = --is-possible ]; then
    is_possible
    exit
fi
if ! is_possible; then
    echo "Something is missing. Install: $(tr '\n' ' ' <"$here/packages.txt")" >&2
    exit 4
fi

state=${1:-$here/../../.cache/wordpress-server}
if [ -e "$state/env" ]; then
    echo "There is a server in $state already; end it with stop.sh." >&2
    exit 4
fi
mkdir -p "$state"
state=$(cd "$state" && pwd)
mkdir "$state/database" "$state/log" "$state/uploads"
socket=$state/db.sock
trap '[ $? = 0 ] || { tail -n 20 "$state"/log/*.log >&2 || true; "$here/stop.sh" "$state"; }' EXIT

start_database() {
    local user
    user=$(id -un)
    mariadb-install-db --no-defaults --datadir="$state/database" --user="$user" --skip-test-db \
        --auth-root-authentication-method=normal >"$state/log/install.log" 2>&1
    mariadbd --no-defaults --datadir="$state/database" --user="$user" --skip-networking \
        --socket="$socket" --pid-file="$state/db.pid" --innodb-buffer-pool-size=32M \
        --innodb-flush-log-at-trx-commit=0 --performance-schema=OFF \
        >"$state/log/database.log" 2>&1 &
    wait_for 60 mariadb-admin --no-defaults --socket="$socket" --user=root ping
    mariadb --no-defaults --socket="$socket" --user=root \
        -e 'CREATE DATABASE wordpress CHARACTER SET utf8mb4'
}

# A copy, because its settings lie beside its program.
copy_program() {
    cp -rL "$wordpress" "$state/site" 2>/dev/null || [ -e "$state/site/wp-load.php" ]
    rm -rf "$state/site/wp-content/languages" "$state/site/wp-config.php"
    cat >"$state/site/wp-config.php" <<END
<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$socket');
define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', 'http://127.0.0.1:$port');
define('WP_SITEURL', 'http://127.0.0.1:$port');
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords work without TLS then
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', '$state/log/wordpress.log');
define('AUTH_KEY', '$(cat /proc/sys/kernel/random/uuid)');
define('SECURE_AUTH_KEY', '$(cat /proc/sys/kernel/random/uuid)');
define('LOGGED_IN_KEY', '$(cat /proc/sys/kernel/random/uuid)');
define('NONCE_KEY', '$(cat /proc/sys/kernel/random/uuid)');
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
END
}

port=${WORDPRESS_PORT:-$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
start_database
copy_program
php "$here/install.php" "$state/site" >"$state/env.new" 2>>"$state/log/install.log"

PHP_CLI_SERVER_WORKERS=3 php -d opcache.enable_cli=1 -d memory_limit=256M -d upload_max_filesize=16M \
    -d post_max_size=16M -S "127.0.0.1:$port" -t "$state/site" "$here/router.php" \
    >"$state/log/web.log" 2>&1 &
echo $! >"$state/web.pid"
wait_for 60 python3 -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$port/wp-json/')"

{
    echo "export ETAM_WORDPRESS_URL=http://127.0.0.1:$port"
    echo "export ETAM_WORDPRESS_SITE=$state/site"
    cat "$state/env.new"
} >"$state/env"
rm "$state/env.new"
echo "WordPress answers at http://127.0.0.1:$port; . $state/env"
