output "bucket" {
  description = "The bucket of blobs (WORKLENS_BUCKET)."
  value       = google_storage_bucket.blobs.name
}

output "dashboard_url" {
  description = "The dashboard of what runs."
  value       = (var.running ? "https://console.cloud.google.com/monitoring/dashboards/builder/${element(split("/", google_monitoring_dashboard.worklens[0].id), -1)}?project=${var.project}" : "")
}

output "dataset" {
  description = "The dataset (WORKLENS_DATASET)."
  value       = google_bigquery_dataset.worklens.dataset_id
}

output "dead_letters" {
  description = "The dead-letter subscriptions, by the subscription they stand behind."
  value       = local.dead_letters
}

output "digest_secret" {
  description = "The secret that takes the digest's settings, as JSON."
  value       = google_secret_manager_secret.digest.secret_id
}

output "environment" {
  description = "What to set in a shell for `worklens` to work on this deployment."
  value       = local.environment
}

output "looker_studio_pages" {
  description = "Each opens a new Looker Studio report on the views behind one of our pages, as whoever clicks: they need to read the dataset."
  value       = local.looker_studio.pages
}

output "looker_studio_urls" {
  description = "The same for each view alone."
  value       = local.looker_studio.views
}

output "report_url" {
  description = "The report's address. It asks for a Google login: gcloud auth print-identity-token, or a browser behind IAP (the variable iap)."
  value       = try(module.stage["report"].uri, "")
}

output "topics" {
  description = "The topics' ids, by the names the messages know them by."
  value       = local.topic_ids
}

output "views" {
  description = "The views, in an order in which they can be made."
  value       = module.views.names
}
