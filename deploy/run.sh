# shellcheck shell=bash
# A step that is shown, and explained where it fails.

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
