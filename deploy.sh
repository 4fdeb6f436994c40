#!/usr/bin/env bash
# Puts Worklens on Google Cloud, brings it up to date, and takes it down again. It may be run as often as you like: what
# is there already stays. It runs in bash 3.2 (macOS) too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    cat <<'END'
Usage: ./deploy.sh [--plan] --project ID [options]      deploy, or show what that would change
       ./deploy.sh --destroy [--with-data] --project ID  take down what runs; --with-data: what is kept, too
       ./deploy.sh --bundle                              only make the functions' bundles (no account needed)
       ./deploy.sh --local                               the same topology on this machine: make cloud-local

  --project ID         the project to deploy to; else GOOGLE_CLOUD_PROJECT, else the one set in gcloud
  --region REGION      where everything runs and is kept, for good; else TF_VAR_region, else europe-west1
  --environment NAME   a label on everything, and the place of Terraform's state; else TF_VAR_environment, else prod
  --alert-email MAIL   who is told when something needs a hand; else TF_VAR_alert_email, else the signed-in person
  --var-file FILE      more of Terraform's variables; terraform/NAME.tfvars is taken by itself
  --plan               change nothing: check everything, make the bundles, show the plan
  --yes                don't ask before applying
  --export, --no-export
                       with --destroy: copy the data to gs://ID-worklens-export first, or don't; else it asks
  --help               this

It needs gcloud, Terraform 1.11, Python 3.11 or newer, and curl; for an export, bq too. It signs in to nothing by
itself: Terraform works as whom `gcloud auth login` signed in.

Exit status: 0 done; 1 a step failed; 2 something is missing, or you said no; 3 deployed, but the report didn't answer
as it should.
END
}

colours=no
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then colours=yes; fi
readonly colours LEAST_TERRAFORM="1.11.0"
readonly BUNDLES="$PWD/build/functions"
readonly SMOKE_TRIES="${WORKLENS_SMOKE_TRIES:-12}"
readonly SMOKE_SECONDS="${WORKLENS_SMOKE_SECONDS:-10}" # new grants take a minute or two to be known everywhere

# ----- What is said -----

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

# ----- What is asked for -----

action=deploy plan_only=no with_data=no yes=no export=ask
project="" region="${TF_VAR_region:-europe-west1}" environment="${TF_VAR_environment:-prod}" alert_email="" var_file=""

need_value() { [ $# -gt 1 ] && [ -n "$2" ] || fail 2 "$1 needs a value." "./deploy.sh --help says which."; }
parse() {
    while [ $# -gt 0 ]; do
        case "$1" in
            --*=*)
                local rest=("${@:2}")
                set -- "${1%%=*}" "${1#*=}" ${rest[@]+"${rest[@]}"}
                continue
                ;;
            --project | --region | --environment | --alert-email | --var-file)
                need_value "$@"
                case "$1" in
                    --project) project=$2 ;;
                    --region) region=$2 ;;
                    --environment) environment=$2 ;;
                    --alert-email) alert_email=$2 ;;
                    --var-file) var_file=$2 ;;
                esac
                shift
                ;;
            --plan) plan_only=yes ;;
            --destroy) action=destroy ;;
            --bundle | --local) action=${1#--} ;;
            --with-data) with_data=yes ;;
            --yes) yes=yes ;;
            --export) export=yes ;;
            --no-export) export=no ;;
            --help | -h)
                usage
                exit 0
                ;;
            *) fail 2 "$1 is no option of deploy.sh." "./deploy.sh --help lists them." ;;
        esac
        shift
    done
    [ "$with_data" = no ] || [ "$action" = destroy ] || fail 2 "--with-data goes with --destroy only."
    [ -z "$var_file" ] || [ -f "$var_file" ] || fail 2 "there is no file $var_file."
    [ -n "$var_file" ] || [ ! -f "terraform/$environment.tfvars" ] || var_file="terraform/$environment.tfvars"
}

# ----- What must be there -----

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

# ----- Steps -----

run() { # WHAT COMMAND...: shown and kept, so that a failure can be explained
    local what=$1
    shift
    if ! "$@" 2>&1 | tee "$work/log"; then
        fail 1 "$what." "$(explain)" "What was done stays; when the cause is mended, run the same command again."
    fi
}

explain() { # what the last step's output means
    local pattern text
    while IFS='|' read -r pattern text; do
        if grep -qiE "${pattern//\~/|}" "$work/log"; then
            say "${text//PROJECT/$project}"
            return 0
        fi
    done <<'END'
state lock~acquiring the state|Somebody else is deploying, or was cut off. Wait for them; after a cut: terraform -chdir=terraform force-unlock ID (the ID stands above).
has not been used in project~SERVICE_DISABLED~API .* disabled|An API was switched on only now, and isn't known everywhere yet. Wait two minutes.
service agent~does not exist.*gcp-sa~gcp-sa.*does not exist|One of Google's own accounts is still being made for the project. Wait two minutes.
billing|The project needs an open billing account: gcloud billing projects describe PROJECT
constraints/~org-?policy~organization policy|A rule of your organisation forbids it; its name stands above. Who runs the organisation can allow it for this project.
quota~rate.?limit~RESOURCE_EXHAUSTED|A quota is used up. Which one stands above; the console's page IAM > Quotas raises it.
invalid_grant~reauth~Invalid Credentials~oauth2|The sign-in has ended: gcloud auth login
PERMISSION_DENIED~Error 403~forbidden|The signed-in account may not do this. To deploy it needs roles/owner on PROJECT, or the roles that terraform/README.md lists.
already exists~Error 409~conflict|Something of this name is there that Terraform doesn't know of: another deployment in this project, or one made by hand. Remove it, or take it in with terraform import.
prevent_destroy~deletion_protection~delete_protection|It is protected from being deleted with its data; --destroy --with-data lifts that.
Build failed~cloudbuild~Cloud Build|The function's build failed; its log is linked above. A second try helps where a registry didn't answer.
no such host~timeout~connection re|The network didn't answer; nothing is wrong with the deployment.
END
    say "The reason stands above."
}

make_bundles() {
    step "Making the functions' bundles"
    run "the bundles couldn't be made" "$python" -m deploy.bundle --output "$BUNDLES"
}

# Terraform's state: a bucket of its own, each state kept beside those before it.
find_state_bucket() { # sets state_location; empty where there is no bucket yet
    state_location="$(gcloud storage buckets describe "gs://$state_bucket" --format='value(location)' \
        2>"$work/bucket")" || {
        grep -qiE '404|not found|does not exist' "$work/bucket" || fail 1 "the bucket gs://$state_bucket can't be read." \
            "$(first_line "$work/bucket")" "The signed-in account needs roles/storage.admin on $project."
        state_location=""
        return 0
    }
    if [ "$(tr '[:upper:]' '[:lower:]' <<<"$state_location")" != "$region" ]; then
        fail 2 "this project is deployed in $state_location, and you asked for $region." \
            "Say --region $(tr '[:upper:]' '[:lower:]' <<<"$state_location")." \
            "Data can't be moved by an apply; docs/operations/ says how a region is changed."
    fi
}

make_state_bucket() {
    if [ -z "$state_location" ]; then
        step "Making the bucket gs://$state_bucket for Terraform's state"
        run "the bucket couldn't be made" gcloud storage buckets create "gs://$state_bucket" --project="$project" \
            --location="$region" --uniform-bucket-level-access --public-access-prevention
    fi
    run "the bucket couldn't be made to keep old versions" \
        gcloud storage buckets update "gs://$state_bucket" --versioning --project="$project"
}

switch_on() { # what Terraform itself speaks to before it can switch on the rest
    step "Switching on the APIs that Terraform needs"
    run "the APIs couldn't be switched on" gcloud services enable cloudresourcemanager.googleapis.com \
        serviceusage.googleapis.com iam.googleapis.com storage.googleapis.com --project="$project"
}

terraform_() {
    local verb=$1 plain=-no-color # it colours what goes into a file, too
    shift
    if [ "$colours" = yes ]; then plain=""; fi
    GOOGLE_OAUTH_ACCESS_TOKEN="$token" TF_IN_AUTOMATION=1 terraform -chdir=terraform "$verb" ${plain:+"$plain"} "$@"
}

init() {
    step "Getting Terraform ready"
    if [ -n "$state_location" ]; then
        run "Terraform couldn't be made ready" terraform_ init -input=false -reconfigure \
            -backend-config="bucket=$state_bucket" -backend-config="prefix=worklens/$environment"
        return 0
    fi
    # There is no state yet, and a look must not make its bucket: the plan is made against an empty state here.
    override="terraform/backend_override.tf"
    printf 'terraform {\n  backend "local" {\n    path = "%s"\n  }\n}\n' "$work/empty.tfstate" >"$override"
    export TF_DATA_DIR="$work/data"
    [ -e terraform/.terraform.lock.hcl ] || passing_lock="terraform/.terraform.lock.hcl"
    say "This project has no deployment yet: everything in the plan is new."
    run "Terraform couldn't be made ready" terraform_ init -input=false -reconfigure
}

variables=()
gather_variables() {
    variables=(-var "project=$project" -var "project_number=$project_number" -var "region=$region")
    variables+=(-var "environment=$environment" -var "bundles=$BUNDLES")
    [ -z "$var_file" ] || variables+=(-var-file "$(cd "$(dirname "$var_file")" && pwd)/$(basename "$var_file")")
    [ -z "$alert_email" ] || variables+=(-var "alert_email=$alert_email")
}

plan() { # MORE...
    step "What would change"
    run "the plan couldn't be made" terraform_ plan -input=false "${variables[@]}" "$@" -out="$work/plan"
    changes=yes
    ! grep -q 'No changes\.' "$work/log" || changes=no
}

apply() { # MORE...
    plan "$@"
    [ "$plan_only" = no ] || return 0
    if [ "$changes" = no ]; then return 0; fi
    confirm "Apply this to $project?"
    step "Applying"
    run "not all could be applied" terraform_ apply -input=false "$work/plan"
}

# ----- Trying the deployed report -----

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

addresses() {
    step "Deployed"
    terraform_ output -json | "$python" -c '
import json, sys
for name, output in json.load(sys.stdin).items():
    if isinstance(output["value"], str) and not output["sensitive"]:
        print(name.ljust(20), output["value"])'
}

# ----- Taking it down -----

export_data() {
    local place
    place="gs://$project-worklens-export/$(date -u +%Y%m%dT%H%M%SZ)"
    has bq || fail 2 "an export needs bq, which comes with gcloud." "Install it, or say --no-export."
    step "Exporting to $place"
    gcloud storage buckets describe "gs://$project-worklens-export" >/dev/null 2>&1 ||
        run "the bucket for the export couldn't be made" gcloud storage buckets create "gs://$project-worklens-export" \
            --project="$project" --location="$region" --uniform-bucket-level-access --public-access-prevention
    run "the state couldn't be exported" gcloud datastore export "$place/datastore" --project="$project"
    local tables table
    tables="$(bq --project_id="$project" --format=json ls --max_results=1000 worklens | "$python" -c '
import json, sys
print(*(t["tableReference"]["tableId"] for t in json.load(sys.stdin) if t["type"] == "TABLE"), sep="\n")')" ||
        fail 1 "the tables couldn't be listed." "The reason stands above. Nothing was deleted."
    for table in $tables; do
        run "the table $table couldn't be exported" bq --project_id="$project" extract --destination_format=PARQUET \
            "worklens.$table" "$place/tables/$table-*.parquet"
    done
    run "the blobs couldn't be copied" gcloud storage rsync --recursive "gs://$project-worklens-blobs" "$place/blobs" \
        --project="$project"
    say "All of it lies in $place. It is a person's data: delete it when you no longer need it."
}

offer_export() {
    if [ "$export" = ask ] && [ -t 0 ]; then
        local answer
        read -r -p "Copy the data to gs://$project-worklens-export first? [Y/n] " answer
        case "$answer" in [nN]*) export=no ;; *) export=yes ;; esac
    fi
    # Unasked, only what is about to be deleted is copied.
    [ "$export" != ask ] || export=$with_data
    if [ "$export" = yes ]; then export_data; fi
}

ask_for_the_name() {
    printf '\nThis deletes every task, event, score and token of %s, for good.\nThe name of the project, to go on: ' \
        "$project" >&2
    local name=""
    read -r name || true
    [ "$name" = "$project" ] || fail 2 "\"$name\" is not $project." "Nothing was changed."
}

destroy() {
    if [ "$with_data" = no ]; then
        [ "$plan_only" = yes ] || offer_export
        warn "messages on their way go with the topics; docs/operations/taking-down.md says how to let them arrive first."
        apply -var running=false
        [ "$plan_only" = yes ] || say "What ran is gone, the data is kept. ./deploy.sh brings it back."
        return 0
    fi
    if [ "$plan_only" = yes ]; then
        plan -destroy -var protect_data=false
        return 0
    fi
    ask_for_the_name
    offer_export
    step "Taking down what runs, and lifting the protection of the data"
    run "the protection couldn't be lifted" terraform_ apply -input=false -auto-approve "${variables[@]}" \
        -var running=false -var protect_data=false
    step "Deleting"
    run "not all could be deleted" terraform_ destroy -input=false -auto-approve "${variables[@]}" \
        -var running=false -var protect_data=false
    say "" "Deleted. What Google keeps for a while by itself: deleted objects and Datastore's backups for 7 days," \
        "deleted tables for 7 days." "What is left and yours to delete: gs://$state_bucket (Terraform's state)" \
        "and, if there was an export, gs://$project-worklens-export."
}

# ----- The whole way -----

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
