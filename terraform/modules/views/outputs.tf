output "names" {
  description = "The views, in an order in which they can be made."
  value       = flatten([for level in local.levels : sort(level)])
}

output "queries" {
  description = "Each view's query as it stands in BigQuery."
  value       = local.queries
}
