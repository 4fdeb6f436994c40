variable "build" {
  type = object({
    account    = string
    bucket     = string
    object     = string
    repository = string
    runtime    = string
  })
  description = "Which account builds the function, from which object, for which runtime, and where the image goes."
}

variable "delivery" {
  type = object({
    account                       = string
    ack_deadline_seconds          = number
    dead_letter_retention_seconds = number
    dead_letter_suffix            = string
    max_delivery_attempts         = number
    maximum_backoff_seconds       = number
    minimum_backoff_seconds       = number
    retention_seconds             = number
  })
  description = "How messages are pushed: the service account they come from, and for how long they are tried and kept."
}

variable "environment" {
  type        = map(string)
  description = "The function's environment variables."
}

variable "function" {
  type = object({
    entry_point     = string
    max_instances   = number
    memory          = string
    publishes       = list(string)
    source          = string
    timeout_seconds = number
  })
  description = "The function, as topology.json has it."

  validation {
    condition     = var.function.timeout_seconds <= 540
    error_message = "A function must answer before its message's deadline of 600 s has passed, else it is delivered again while it still works: timeout_seconds is 540 at most."
  }
}

variable "invokers" {
  type        = set(string)
  default     = []
  description = "Members who may call the function over HTTP. Where there are some, or no subscription, it can be reached from outside, behind IAM."
}

variable "labels" {
  type        = map(string)
  description = "Labels for all that bears them."
}

variable "name" {
  type        = string
  description = "The function's name."
}

variable "prefix" {
  type        = string
  description = "What the names of topics and subscriptions begin with."
}

variable "project" {
  type        = string
  description = "The project."
}

variable "pubsub_agent" {
  type        = string
  description = "Google's own account that forwards dead letters, as an IAM member."
}

variable "region" {
  type        = string
  description = "Where it runs."
}

variable "secrets" {
  type        = map(string)
  default     = {}
  description = "Environment variables that are filled from a secret's newest version: the secrets' ids by their names."
}

variable "subscriptions" {
  type        = map(object({ topic = string }))
  description = "What the stage takes: each subscription by its name, with its topic. Both are made here."
}
