# shellcheck shell=bash
# Terraform: made ready, asked for a plan, and let do what was planned.

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

addresses() {
    step "Deployed"
    terraform_ output -json | "$python" -c '
import json, sys
for name, output in json.load(sys.stdin).items():
    if isinstance(output["value"], str) and not output["sensitive"]:
        print(name.ljust(20), output["value"])'
    say "" "In Looker Studio: terraform -chdir=terraform output looker_studio_pages, or worklens dashboards --project $project"
}
