mock_provider "google" {}
variables {
  project        = "worklens-test"
  project_number = "123456789012"
  alert_email    = "ops@example.org"
  bundles        = "tests/bundles"
}
run "plan" {
  command = plan
}
