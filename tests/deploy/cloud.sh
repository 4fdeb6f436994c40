#!/usr/bin/env bash
# Stands in for gcloud, terraform and bq: notes each call, and answers as they do, from a folder that is the cloud.
# FAKE_CLOUD names that folder: account (who is signed in), project, billing, bucket (where the state's bucket is),
# deployed (Terraform's state), report (its address), failing (the beginning of a call, then what it prints as it fails)
# and calls (one a line).
set -euo pipefail

held() { cat "$FAKE_CLOUD/$1" 2>/dev/null || true; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

case "$1" in -chdir=*) shift ;; esac
call="$(basename "$0") $*"
printf '%s\n' "$call" >>"$FAKE_CLOUD/calls"

if [ -f "$FAKE_CLOUD/failing" ]; then
    { read -r beginning && read -r output; } <"$FAKE_CLOUD/failing"
    case "$call" in "$beginning"*) fail "$output" ;; esac
fi

case "$call" in
    "gcloud auth list"*) held account ;;
    "gcloud auth print-"*)
        [ -n "$(held account)" ] || fail "ERROR: (gcloud.auth) You do not currently have an active account selected."
        case "$call" in *identity*) echo identity-token ;; *) echo access-token ;; esac
        ;;
    "gcloud projects describe"*)
        [ "$3" = "$(held project)" ] || fail "ERROR: (gcloud.projects.describe) [$(held account)] does not have permission."
        echo 123456789012
        ;;
    "gcloud billing"*) held billing ;;
    "gcloud storage buckets describe"*-worklens-state*)
        [ -n "$(held bucket)" ] || fail "ERROR: (gcloud.storage.buckets.describe) $4 not found: 404."
        held bucket
        ;;
    "gcloud storage buckets create"*-worklens-state*)
        for word in "$@"; do case "$word" in --location=*) printf %s "${word#*=}" >"$FAKE_CLOUD/bucket" ;; esac; done
        ;;
    "terraform version"*) printf '{"terraform_version": "%s"}' "$(held terraform)" ;;
    "terraform plan"*)
        wanted="${call%% -out=*}"
        printf %s "$wanted" >"$FAKE_CLOUD/planned"
        if [ "$(held deployed)" = "$wanted" ]; then echo "No changes."; else echo "Plan: 90 to add, 0 to change."; fi
        ;;
    "terraform apply"*) held planned >"$FAKE_CLOUD/deployed" ;;
    "terraform destroy"*) rm -f "$FAKE_CLOUD/deployed" ;;
    "terraform output"*-raw*) held report ;;
    "terraform output"*) printf '{"report_url": {"sensitive": false, "value": "%s"}}' "$(held report)" ;;
    "bq "*" ls "*)
        echo '[{"type": "TABLE", "tableReference": {"tableId": "task_events"}},
               {"type": "VIEW", "tableReference": {"tableId": "current_tasks"}}]'
        ;;
esac
