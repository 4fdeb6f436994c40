# shellcheck shell=bash
# What deploy.sh is asked to do.

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
