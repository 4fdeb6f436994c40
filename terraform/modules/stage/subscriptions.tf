resource "google_pubsub_topic" "this" {
  #checkov:skip=CKV_GCP_83:Google's own keys; a key of one's own costs more a month than everything else
  for_each = var.subscriptions
  name     = "${var.prefix}-${each.value.topic}"
  labels   = var.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

resource "google_pubsub_topic" "dead" {
  #checkov:skip=CKV_GCP_83:Google's own keys; a key of one's own costs more a month than everything else
  for_each = var.subscriptions
  name     = "${var.prefix}-${each.key}${var.delivery.dead_letter_suffix}"
  labels   = var.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

resource "google_pubsub_subscription" "this" {
  for_each                   = var.subscriptions
  name                       = "${var.prefix}-${each.key}"
  topic                      = google_pubsub_topic.this[each.key].name
  labels                     = var.labels
  ack_deadline_seconds       = var.delivery.ack_deadline_seconds
  message_retention_duration = "${var.delivery.retention_seconds}s"
  retain_acked_messages      = false # what is done is in the warehouse; a copy here would outlive `forget`

  # By default a subscription that nobody asks for 31 days is deleted, and what comes afterwards is lost.
  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "${var.delivery.minimum_backoff_seconds}s"
    maximum_backoff = "${var.delivery.maximum_backoff_seconds}s"
  }

  dead_letter_policy {
    dead_letter_topic     = "projects/${var.project}/topics/${google_pubsub_topic.dead[each.key].name}"
    max_delivery_attempts = var.delivery.max_delivery_attempts
  }

  push_config {
    push_endpoint = google_cloudfunctions2_function.this.service_config[0].uri

    oidc_token {
      service_account_email = var.delivery.account
      audience              = local.audience
    }

    # The message's attributes become headers (ce-id, ce-type ...) and its data the body: a CloudEvent in binary form.
    no_wrapper {
      write_metadata = true
    }
  }

  # A message pushed before the account may call is answered 403 and counts as an attempt.
  depends_on = [google_cloud_run_v2_service_iam_binding.invokers]
}

# Without a subscription of its own a dead-letter topic drops what it is given.
resource "google_pubsub_subscription" "dead" {
  for_each                   = var.subscriptions
  name                       = "${var.prefix}-${each.key}${var.delivery.dead_letter_suffix}"
  topic                      = google_pubsub_topic.dead[each.key].name
  labels                     = var.labels
  ack_deadline_seconds       = var.delivery.ack_deadline_seconds
  message_retention_duration = "${var.delivery.dead_letter_retention_seconds}s"

  expiration_policy {
    ttl = ""
  }
}

# Forwarding a dead letter is publishing it there and acknowledging it here; Pub/Sub's agent needs both, on these alone.
resource "google_pubsub_topic_iam_member" "dead" {
  for_each = var.subscriptions
  topic    = google_pubsub_topic.dead[each.key].name
  role     = "roles/pubsub.publisher"
  member   = var.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "dead" {
  for_each     = var.subscriptions
  subscription = google_pubsub_subscription.this[each.key].name
  role         = "roles/pubsub.subscriber"
  member       = var.pubsub_agent
}
