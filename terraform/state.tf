# Cursors, leases, runs: small and transactional.
resource "google_firestore_database" "state" {
  name                              = "(default)" # the one that has a free quota
  location_id                       = var.region
  type                              = "DATASTORE_MODE"
  concurrency_mode                  = "OPTIMISTIC" # a lost race is Aborted at once, and the transaction is tried again
  delete_protection_state           = (var.protect_data ? "DELETE_PROTECTION_ENABLED" : "DELETE_PROTECTION_DISABLED")
  deletion_policy                   = (var.protect_data ? "ABANDON" : "DELETE")
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED" # any minute of the last seven days

  depends_on = [google_project_service.this]
}

resource "google_firestore_backup_schedule" "daily" {
  database  = google_firestore_database.state.name
  retention = "604800s" # a week, as long as point-in-time recovery, but it outlives the database

  daily_recurrence {}
}

# What is too large for a row: files while they are imported, records above 1 MB, models.
resource "google_storage_bucket" "blobs" {
  #checkov:skip=CKV_GCP_62:Who reads it is in the project's audit log; a bucket of access logs would be one more place with a person's data
  #checkov:skip=CKV_GCP_78:Old versions would outlive `forget`; soft delete keeps a mistake mendable for a week
  name                        = "${var.project}-worklens-blobs"
  location                    = var.region
  force_destroy               = !var.protect_data
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  # A file is removed once its import is settled; one that never was goes like a raw record.
  lifecycle_rule {
    condition {
      age            = var.raw_days
      matches_prefix = ["imports/"]
    }
    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      age = 1
    }
    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }

  depends_on = [google_project_service.this]
}
