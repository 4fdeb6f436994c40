# Entries only: a value in Terraform would stand in its state. `worklens connect` makes the entry where it isn't there and
# adds the value; with `feeds` it is here beforehand, for whoever adds values by hand. Its name tells nothing of whose it is:
#   printf %s todoist:me | sha256sum | cut -c1-32
resource "google_secret_manager_secret" "token" {
  #checkov:skip=CKV_GCP_126:The services give personal tokens that a program can't make anew
  for_each  = var.feeds
  secret_id = "${local.tokens}${substr(sha256(each.key), 0, 32)}"
  labels    = local.labels

  replication {
    auto {}
  }

  depends_on = [google_project_service.this]
}

# Where the digest goes, which is a secret too: the address of a chat's webhook is a key, a mail server wants a password.
resource "google_secret_manager_secret" "digest" {
  #checkov:skip=CKV_GCP_126:A webhook's address or a mail password can't be made anew by a program
  secret_id = local.digest_secret
  labels    = local.labels

  replication {
    auto {}
  }

  depends_on = [google_project_service.this]
}

locals {
  tokens        = "${local.prefix}-token-"
  digest_secret = "${local.tokens}${substr(sha256("digest"), 0, 32)}" # kept by the command line like a token of that name
}

# fetch reads every account's token and nothing else: any secret whose name begins like a token of ours. A grant on each
# would leave out those that `worklens connect` makes. A token that a service replaces at each use (OAuth) must be kept
# before it is used, so fetch may add a version, and destroy those before it; it may make and delete no secret. So may
# the page, where it connects accounts; it may read none.
locals {
  token_roles = merge(
    {
      tokens = { stage = "fetch", role = "roles/secretmanager.secretAccessor" }
      renews = { stage = "fetch", role = "roles/secretmanager.secretVersionManager" }
    },
    var.connecting ? { connects = { stage = "report", role = "roles/secretmanager.secretVersionManager" } } : {},
  )
}

resource "google_project_iam_member" "tokens" {
  for_each = { for name, it in local.token_roles : name => it if var.running }
  project  = var.project
  role     = each.value.role
  member   = local.member[each.value.stage]

  condition {
    title       = "only-the-tokens"
    description = "Secrets that hold the accounts' tokens"
    expression  = "resource.name.startsWith(\"projects/${var.project_number}/secrets/${local.tokens}\") && !resource.name.startsWith(\"projects/${var.project_number}/secrets/${local.digest_secret}\")"
  }
}

# As one grant it stood under a number. Without this, taking the old address down would take the grant along.
moved {
  from = google_project_iam_member.tokens[0]
  to   = google_project_iam_member.tokens["tokens"]
}
