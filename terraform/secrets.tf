# Entries only: a value in Terraform would stand in its state. `worklens connect` adds it, or:
#   gcloud secrets versions add worklens-token-todoist-me --data-file=-
resource "google_secret_manager_secret" "token" {
  #checkov:skip=CKV_GCP_126:The services give personal tokens that don't expire and can't be made anew by a program
  for_each            = var.feeds
  secret_id           = "worklens-token-${replace(replace(each.key, ":", "-"), ".", "_")}"
  labels              = local.labels
  deletion_protection = false # worth nothing once the person takes the token back; made again in a minute

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }

  depends_on = [google_project_service.this]
}
