locals {
  services = toset([
    "artifactregistry", # the functions' images
    "bigquery",
    "cloudbuild",
    "cloudfunctions",
    "cloudresourcemanager", # grants at the project
    "cloudscheduler",
    "datastore",
    "firestore", # Datastore is Firestore in Datastore mode, and is made through this
    "iam",
    "logging",
    "monitoring",
    "pubsub",
    "run",
    "secretmanager",
    "storage",
  ])
}

resource "google_project_service" "this" {
  for_each           = setunion(local.services, var.billing_account == "" ? [] : ["billingbudgets"], var.iap ? ["iap"] : [])
  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false # something else in the project may use it
}
