# What the scripts that start real servers share; to be sourced.

install() { # PACKAGE...
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "$@"
}

wait_for() { # SECONDS COMMAND...
    local tries=$(($1 * 5))
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        if [ $tries -le 0 ]; then
            echo "Gave up waiting for: $*" >&2
            return 1
        fi
        sleep 0.2
    done
}

# The process whose number stands in FILE, if PART is in its command line: a number left from long
# ago may be somebody else's process by now.
process_of() { # FILE PART
    local pid
    [ -s "$1" ] || return 1
    pid=$(tr -d '[:space:]' <"$1")
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q -- "$2" && echo "$pid"
}

end_process() { # PID
    kill "$1" 2>/dev/null || true
    for _ in $(seq 50); do
        [ -d "/proc/$1" ] || return 0
        sleep 0.2
    done
    kill -9 "$1"
}
