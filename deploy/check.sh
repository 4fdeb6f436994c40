# shellcheck shell=bash
# What must be there before anything is done: all that is missing is said at once.

readonly LEAST_TERRAFORM="1.11.0"

find_python() {
    for python in .venv/bin/python python3.11 python3 python3.13 python3.12 python; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return 0; fi
    done
    python=""
}

has() { command -v "$1" >/dev/null 2>&1; }

check_tools() {
    has gcloud || missing "gcloud, Google Cloud's command line." "Install it: https://cloud.google.com/sdk/docs/install"
    has curl || missing "curl, which tries the deployed report." "Install it from your system's packages."
    [ -n "$python" ] || missing "Python 3.11 or newer." "Debian: apt-get install python3"
    if ! has terraform; then
        missing "Terraform $LEAST_TERRAFORM or newer." "Install it: https://developer.hashicorp.com/terraform/install"
    elif [ -n "$python" ] && ! new_enough "$(terraform version -json 2>/dev/null)"; then
        missing "Terraform $LEAST_TERRAFORM or newer; this one is older, or doesn't say." \
            "Install it: https://developer.hashicorp.com/terraform/install"
    fi
}

new_enough() { # JSON of terraform version
    "$python" -c '
import json, re, sys
parts = lambda text: [int(part) for part in re.findall(r"\d+", text)[:3]]
try:
    sys.exit(parts(json.loads(sys.argv[1])["terraform_version"]) < parts(sys.argv[2]))
except (ValueError, KeyError):
    sys.exit(1)' "$1" "$LEAST_TERRAFORM"
}

account="" token=""
check_account() {
    has gcloud || return 0
    account="$(gcloud auth list --filter=status:ACTIVE --format='value(account)' 2>/dev/null || true)"
    if [ -z "$account" ]; then
        missing "Nobody is signed in to Google Cloud." "Sign in: gcloud auth login" \
            "In CI: gcloud auth login --cred-file=FILE, best by workload identity federation."
    elif ! token="$(gcloud auth print-access-token 2>"$work/token")" || [ -z "$token" ]; then
        token=""
        missing "$account is signed in no longer: $(first_line "$work/token")" "Sign in again: gcloud auth login"
    fi
}

project_number=""
check_project() {
    [ -n "$project" ] || project="${GOOGLE_CLOUD_PROJECT:-}"
    if [ -z "$project" ] && has gcloud; then project="$(gcloud config get-value project 2>/dev/null || true)"; fi
    if [ -z "$project" ] || [ "$project" = "(unset)" ]; then
        missing "No project is named." "Name one: ./deploy.sh --project ID   (yours: gcloud projects list)" \
            "A new one: gcloud projects create ID, then link it to a billing account in the console."
        return 0
    fi
    [ -n "$token" ] || return 0
    if ! project_number="$(gcloud projects describe "$project" --format='value(projectNumber)' 2>"$work/project")"; then
        missing "The project $project can't be seen by $account: $(first_line "$work/project")" \
            "Is it the id, not the name? gcloud projects list shows those you can see."
        return 0
    fi
    if [ "$(gcloud billing projects describe "$project" --format='value(billingEnabled)' 2>/dev/null)" = False ]; then
        missing "The project $project has no billing account; functions can't be built without one." \
            "Link one: gcloud billing projects link $project --billing-account ID   (gcloud billing accounts list)"
    fi
}

check_alert_email() {
    if [ -n "$alert_email$(set_elsewhere alert_email)" ]; then return 0; fi
    case "$account" in
        *.gserviceaccount.com) missing "Nobody would be told of trouble." "Name somebody: --alert-email MAIL" ;;
        *) alert_email=$account ;;
    esac
}

set_elsewhere() { # VARIABLE: "yes" where Terraform gets it from the environment or from a file
    local name="TF_VAR_$1" file
    [ -z "${!name:-}" ] || echo yes
    for file in "$var_file" terraform/terraform.tfvars; do
        if [ -f "$file" ] && grep -q "^[[:space:]]*$1[[:space:]]*=" "$file"; then echo yes; fi
    done
}

first_line() { grep -v '^[[:space:]]*$' "$1" 2>/dev/null | head -n 1; }
