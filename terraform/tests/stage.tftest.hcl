# What every stage has, whichever it is.
mock_provider "google" {}

variables {
  name          = "worklens-fetch"
  prefix        = "worklens"
  project       = "worklens-test"
  region        = "europe-west1"
  labels        = { app = "worklens" }
  environment   = { WORKLENS_PLATFORM = "google" }
  pubsub_agent  = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
  subscriptions = { tick = { topic = "tick" }, sync-requested = { topic = "sync-requested" } }
  function = {
    entry_point     = "main"
    max_instances   = 10
    memory          = "256Mi"
    publishes       = []
    source          = "fetch"
    timeout_seconds = 540
  }
  build = {
    account    = "projects/worklens-test/serviceAccounts/worklens-build@worklens-test.iam.gserviceaccount.com"
    bucket     = "worklens-test-worklens-source"
    object     = "fetch-0.zip"
    repository = "projects/worklens-test/locations/europe-west1/repositories/worklens"
    runtime    = "python311"
  }
  delivery = {
    account                       = "worklens-delivery@worklens-test.iam.gserviceaccount.com"
    ack_deadline_seconds          = 600
    dead_letter_retention_seconds = 2678400
    dead_letter_suffix            = "-dead"
    max_delivery_attempts         = 100
    maximum_backoff_seconds       = 600
    minimum_backoff_seconds       = 10
    retention_seconds             = 604800
  }
}

run "a_stage_that_takes_messages" {
  command = plan

  module {
    source = "./modules/stage"
  }

  assert {
    condition = alltrue([
      for subscription in concat(values(google_pubsub_subscription.this), values(google_pubsub_subscription.dead)) :
      subscription.expiration_policy[0].ttl == ""
    ])
    error_message = "no subscription may expire, least of all one with dead letters"
  }
  assert {
    condition = alltrue([
      for subscription in google_pubsub_subscription.this :
      subscription.ack_deadline_seconds == 600 && subscription.message_retention_duration == "604800s"
      && subscription.retry_policy[0].minimum_backoff == "10s" && subscription.retry_policy[0].maximum_backoff == "600s"
    ])
    error_message = "ten minutes to answer, ten seconds to ten minutes between tries, a week in all"
  }
  assert {
    condition = alltrue([
      for name, subscription in google_pubsub_subscription.this :
      subscription.dead_letter_policy[0].max_delivery_attempts == 100
      && subscription.dead_letter_policy[0].dead_letter_topic == "projects/worklens-test/topics/worklens-${name}-dead"
    ])
    error_message = "a hundred tries, then the dead-letter topic of its own"
  }
  assert {
    condition = alltrue([
      for name, subscription in google_pubsub_subscription.dead :
      subscription.topic == "worklens-${name}-dead" && subscription.message_retention_duration == "2678400s"
    ])
    error_message = "dead letters are kept as long as they can be"
  }
  assert {
    condition = alltrue([
      for subscription in google_pubsub_subscription.this :
      subscription.push_config[0].oidc_token[0].service_account_email == var.delivery.account
      && subscription.push_config[0].oidc_token[0].audience == "https://europe-west1-worklens-test.cloudfunctions.net/worklens-fetch"
      && subscription.push_config[0].no_wrapper[0].write_metadata
    ])
    error_message = "pushes bear a token of the delivery account for this function, and arrive as CloudEvents"
  }
  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    error_message = "nobody reaches it from outside"
  }
  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].max_instance_count == 10 && google_cloudfunctions2_function.this.service_config[0].max_instance_request_concurrency == 1
    error_message = "its instances are capped, and each works on one message"
  }
  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].environment_variables["WORKLENS_AUDIENCE"] == google_pubsub_subscription.this["tick"].push_config[0].oidc_token[0].audience
    error_message = "the function expects the audience that its pushes bear"
  }
  assert {
    condition     = google_cloud_run_v2_service_iam_binding.invokers[0].members == toset(["serviceAccount:worklens-delivery@worklens-test.iam.gserviceaccount.com"])
    error_message = "the delivery account calls it, and nobody else"
  }
  assert {
    condition     = length(google_pubsub_topic_iam_member.dead) == 2 && length(google_pubsub_subscription_iam_member.dead) == 2
    error_message = "Pub/Sub's agent may forward the dead letters of each subscription"
  }
}

run "a_page" {
  command = plan

  module {
    source = "./modules/stage"
  }
  variables {
    subscriptions = {}
    invokers      = ["user:me@example.org"]
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].ingress_settings == "ALLOW_ALL" && google_cloud_run_v2_service_iam_binding.invokers[0].members == toset(["user:me@example.org"])
    error_message = "people reach it from outside, those who were named"
  }
  assert {
    condition     = length(google_pubsub_subscription.this) == 0 && !contains(keys(google_cloudfunctions2_function.this.service_config[0].environment_variables), "WORKLENS_AUDIENCE")
    error_message = "it takes no messages"
  }
}

run "a_page_for_nobody" {
  command = plan

  module {
    source = "./modules/stage"
  }
  variables {
    subscriptions = {}
    invokers      = []
  }

  assert {
    condition     = length(google_cloud_run_v2_service_iam_binding.invokers) == 0
    error_message = "where nobody is named, only who owns the project may look"
  }
}

run "too_long_for_its_deadline" {
  command = plan

  module {
    source = "./modules/stage"
  }
  variables {
    function = {
      entry_point     = "main"
      max_instances   = 1
      memory          = "256Mi"
      publishes       = []
      source          = "fetch"
      timeout_seconds = 900
    }
  }
  expect_failures = [var.function]
}
