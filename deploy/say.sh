# shellcheck shell=bash
# What deploy.sh tells the person, and asks.

colours=no
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then colours=yes; fi
readonly colours

say() { printf '%s\n' "$@"; }
step() { printf '\n== %s\n' "$*"; }
warn() { printf 'Note: %s\n' "$*" >&2; }
fail() { # STATUS WHAT REMEDY...
    local status=$1 what=$2
    shift 2
    printf '\nNot done: %s\n' "$what" >&2
    [ $# = 0 ] || printf '  %s\n' "$@" >&2
    exit "$status"
}

wanting=0
missing() { # WHAT REMEDY...
    local what=$1
    shift
    [ "$wanting" != 0 ] || printf 'What is missing:\n' >&2
    printf '\n- %s\n' "$what" >&2
    printf '  %s\n' "$@" >&2
    wanting=$((wanting + 1))
}
stop_if_missing() {
    [ "$wanting" = 0 ] || {
        printf '\nNothing was changed.\n' >&2
        exit 2
    }
}

confirm() { # QUESTION
    [ "$yes" = no ] || return 0
    [ -t 0 ] || fail 2 "nobody is there to be asked \"$1\"" "Say --yes if you mean it."
    local answer
    read -r -p "$1 [y/N] " answer
    case "$answer" in [yY] | [yY][eE][sS]) ;; *) fail 2 "you said no." "Nothing was changed." ;; esac
}
