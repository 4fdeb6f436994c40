# shellcheck shell=bash
# Takes the deployment down, with or without what is kept, and copies that first.

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
