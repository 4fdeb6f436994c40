# For the modules too: they use the same provider, and say nothing of versions themselves.
terraform {
  required_version = ">= 1.11"

  # deploy.sh names the bucket and the prefix: terraform init -backend-config=bucket=... -backend-config=prefix=...
  backend "gcs" {}

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 8.0"
    }
  }
}

provider "google" {
  project               = var.project
  region                = var.region
  default_labels        = local.labels
  billing_project       = var.project # the billing budget's API counts against a project, also for a person's own login
  user_project_override = true
}
