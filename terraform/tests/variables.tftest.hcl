# Each variable refuses what can't be meant.
mock_provider "google" {}

variables {
  project        = "worklens-test"
  project_number = "123456789012"
  alert_email    = "ops@example.org"
  bundles        = "tests/bundles"
}

run "values_that_cannot_be_meant" {
  command = plan

  variables {
    alert_email     = "nobody"
    billing_account = "my account"
    environment     = "Prod!"
    feeds           = ["todoist"]
    labels          = { App = "x" }
    monthly_budget  = 0
    project         = "My Project"
    project_number  = "worklens-test"
    raw_days        = 1
    region          = "EU"
  }
  expect_failures = [
    var.alert_email, var.billing_account, var.environment, var.feeds, var.labels, var.monthly_budget, var.project,
    var.project_number, var.raw_days, var.region,
  ]
}

run "alerts_are_not_for_all" {
  command = plan

  variables {
    alert_readers = ["allAuthenticatedUsers"]
  }
  expect_failures = [var.alert_readers]
}

run "nobody_may_open_the_report_to_all" {
  command = plan

  variables {
    invokers = ["allUsers"]
  }
  expect_failures = [var.invokers]
}

run "nor_to_whoever_has_an_account" {
  command = plan

  variables {
    invokers = ["allAuthenticatedUsers"]
  }
  expect_failures = [var.invokers]
}
