# shellcheck shell=bash
# The bucket of Terraform's state, which must be there before Terraform is.

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
