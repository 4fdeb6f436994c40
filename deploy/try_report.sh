# shellcheck shell=bash
# Tries the deployed report: it must be closed to strangers, and open to who deployed it.

readonly SMOKE_TRIES="${WORKLENS_SMOKE_TRIES:-12}"
readonly SMOKE_SECONDS="${WORKLENS_SMOKE_SECONDS:-10}" # new grants take a minute or two to be known everywhere

try_report() { # TOKEN: sets status, and leaves the body in $work/body
    : >"$work/body"
    local header="Accept: text/html"
    [ -z "$1" ] || header="Authorization: Bearer $1"
    # By standard input: a command line can be read by every process.
    status="$(printf 'header = "%s"\n' "$header" |
        curl --silent --config - --output "$work/body" --write-out '%{http_code}' --max-time 90 "$report")" || status=000
}

identity() {
    case "$account" in
        *.gserviceaccount.com) gcloud auth print-identity-token --audiences="$report" ;;
        *) gcloud auth print-identity-token ;;
    esac
}

healthy() { [ "$status" = 200 ] || { [ "$status" = 404 ] && grep -q '^Nothing was taken in' "$work/body"; }; }

smoke_test() {
    step "Trying the report at $report"
    local identity_token try
    identity_token="$(identity 2>"$work/identity")" ||
        fail 3 "deployed, but no identity token could be had to try the report: $(first_line "$work/identity")" \
            "Open $report yourself, as docs/operations/ says."
    try_report ""
    case "$status" in
        401 | 403) say "A stranger is refused ($status)." ;;
        302) # Identity-Aware Proxy: a token for the report itself opens nothing there
            say "A stranger is asked to sign in ($status)."
            return 0
            ;;
        000) ;; # not there yet
        *) fail 3 "the report answers a stranger with $status; it must be closed." \
            "Take the invoker allUsers away: gcloud run services get-iam-policy worklens-report --region $region" ;;
    esac
    for ((try = 1; try <= SMOKE_TRIES; try++)); do
        try_report "$identity_token"
        if healthy; then
            say "It answers ($status)."
            return 0
        fi
        [ "$try" = "$SMOKE_TRIES" ] || sleep "$SMOKE_SECONDS"
    done
    case "$status" in
        401 | 403) fail 3 "deployed, but the report refuses $account ($status)." \
            "Name the account in the variable invokers: user:$account" ;;
        *) fail 3 "deployed, but the report doesn't answer as it should (status $status)." \
            "$(first_line "$work/body" | cut -c 1-200)" \
            "See why: gcloud functions logs read worklens-report --region $region --project $project --limit 50" ;;
    esac
}
