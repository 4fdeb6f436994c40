#!/usr/bin/env bash
# Puts Worklens on Google Cloud, brings it up to date, and takes it down again. It may be run as often as you like: what
# is there already stays. It runs in bash 3.2 (macOS) too. Here is the whole way; deploy/ has its steps.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

source deploy/say.sh
source deploy/options.sh
source deploy/check.sh
source deploy/run.sh
source deploy/state_bucket.sh
source deploy/terraform.sh
source deploy/try_report.sh
source deploy/take_down.sh

readonly BUNDLES="$PWD/build/functions"

make_bundles() {
    step "Making the functions' bundles"
    run "the bundles couldn't be made" "$python" -m deploy.bundle --output "$BUNDLES"
}

work="" override="" passing_lock=""
cleanup() {
    if [ -n "$override" ]; then rm -f "$override"; fi
    if [ -n "$passing_lock" ]; then rm -f "$passing_lock"; fi
    if [ -n "$work" ]; then rm -rf "$work"; fi
}

main() {
    parse "$@"
    [ "$action" != local ] || exec make cloud-local
    work="$(mktemp -d)"
    trap cleanup EXIT
    find_python
    if [ "$action" = bundle ]; then
        [ -n "$python" ] || fail 2 "Python 3.11 or newer is missing." "Debian: apt-get install python3"
        make_bundles
        return 0
    fi
    check_tools
    check_account
    check_project
    check_alert_email
    stop_if_missing

    state_bucket="$project-worklens-state"
    find_state_bucket
    if [ "$action" = destroy ] && [ -z "$state_location" ]; then
        fail 2 "nothing of Worklens is deployed in $project: there is no bucket gs://$state_bucket."
    fi
    make_bundles
    if [ "$plan_only" = no ]; then
        [ "$action" = destroy ] || switch_on
        make_state_bucket
        state_location=$region
    fi
    init
    gather_variables
    if [ "$action" = destroy ]; then
        destroy
        return 0
    fi
    apply
    if [ "$plan_only" = yes ]; then
        say "" "Nothing was changed. Without --plan, this is applied."
        return 0
    fi
    report="$(terraform_ output -raw report_url)"
    if [ -n "$report" ]; then smoke_test; else warn "nothing runs (running = false), so there is no report to try."; fi
    addresses
}

main "$@"
