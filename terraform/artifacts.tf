# How a function's code becomes a running image: the bundle in a bucket, an account that builds, a place for the image.

resource "google_storage_bucket" "source" {
  #checkov:skip=CKV_GCP_62:It holds our own code; who reads it is in the audit log of the project
  #checkov:skip=CKV_GCP_78:An object's name bears the hash of its content, so that no object is ever replaced
  name                        = "${var.project}-worklens-source"
  location                    = var.region
  force_destroy               = true # made again from the repository
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  depends_on = [google_project_service.this]
}

# The name bears the hash: new code is a new object and a new build, and nothing else is either.
resource "google_storage_bucket_object" "bundle" {
  for_each     = toset([for function in local.stages : function.source])
  bucket       = google_storage_bucket.source.name
  name         = "${each.key}-${filemd5("${var.bundles}/${each.key}.zip")}.zip"
  source       = "${var.bundles}/${each.key}.zip"
  content_type = "application/zip"
}

resource "google_artifact_registry_repository" "images" {
  #checkov:skip=CKV_GCP_84:Images of open code need no key of one's own
  repository_id = "worklens"
  location      = var.region
  format        = "DOCKER"
  description   = "Images of the functions; the last two of each are kept, to go back to"

  cleanup_policies {
    id     = "keep-two"
    action = "KEEP"
    most_recent_versions {
      keep_count = 2
    }
  }

  cleanup_policies {
    id     = "delete-the-rest"
    action = "DELETE"
    condition {
      older_than = "604800s"
    }
  }

  depends_on = [google_project_service.this]
}

# Builds run as an account that can do no more than build; by default it would be the project's editor.
resource "google_service_account" "build" {
  account_id   = "worklens-build"
  display_name = "Builds the functions of Worklens"
  depends_on   = [google_project_service.this]
}

resource "google_artifact_registry_repository_iam_member" "build" {
  repository = google_artifact_registry_repository.images.repository_id
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = local.build
}

# Cloud Functions copies each bundle into a bucket of its own, and the build reads it there.
resource "google_project_iam_member" "build_reads_source" {
  project = var.project
  role    = "roles/storage.objectViewer"
  member  = local.build

  condition {
    title       = "only-the-functions-sources"
    description = "Not the blobs, which hold what people wrote"
    expression  = "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-${var.project_number}-${var.region}\")"
  }
}

resource "google_project_iam_member" "build_writes_logs" {
  project = var.project
  role    = "roles/logging.logWriter" # there is no smaller place to grant it
  member  = local.build
}

locals {
  build_account = "worklens-build@${var.project}.iam.gserviceaccount.com"
  build         = "serviceAccount:${local.build_account}"
}
