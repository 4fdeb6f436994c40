output "dead_letters" {
  description = "The dead-letter subscriptions, by the subscription they stand behind."
  value       = { for name, subscription in google_pubsub_subscription.dead : name => subscription.name }
}

output "email" {
  description = "The function's service account."
  value       = local.email
  depends_on  = [google_service_account.function]
}

output "topics" {
  description = "The topics made here: their ids by the names the messages know them by."
  value       = { for name, it in var.subscriptions : it.topic => "projects/${var.project}/topics/${google_pubsub_topic.this[name].name}" }
}

output "uri" {
  description = "The function's address."
  value       = google_cloudfunctions2_function.this.service_config[0].uri
}
