variable "alert_email" {
  type        = string
  description = "Who is told when something needs a hand. Google sends a first mail to it when the channel is made."

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alert_email))
    error_message = "alert_email must be an address, such as ops@example.org: an alert that nobody gets is none."
  }
}

variable "alert_readers" {
  type        = set(string)
  default     = []
  description = "Who may attach a subscription to the topic of alerts about the work itself: members such as serviceAccount:me@project.iam.gserviceaccount.com. Empty: nobody."

  validation {
    condition     = alltrue([for member in var.alert_readers : can(regex("^(user|group|serviceAccount|principal|principalSet):.+$", member))])
    error_message = "A reader of alerts is user:, group:, serviceAccount:, principal: or principalSet: and a name. They tell of a person's work, so allUsers and allAuthenticatedUsers are refused."
  }
}

variable "billing_account" {
  type        = string
  default     = ""
  description = "The billing account (012345-6789AB-CDEF01) on which a budget is watched; empty: no budget, and no alert when money goes."

  validation {
    condition     = var.billing_account == "" || can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account has the form 012345-6789AB-CDEF01 (gcloud billing accounts list), or is empty."
  }
}

variable "borrow" {
  type        = bool
  default     = false
  description = "Whether what is learnt of one feed may draw on what the other feeds' models have in common: parameters, no task of anyone's. Ask all whose feeds these are."
}

variable "bundles" {
  type        = string
  default     = "../build/functions"
  description = "The folder with one zip a function, as deploy.sh makes them; seen from this folder."
}

variable "connecting" {
  type        = bool
  default     = false
  description = "Whether the report's page takes tokens at /connect. It may then write them and read none, where `feeds` names the account, and may write Datastore."
}

variable "describe_columns" {
  type        = bool
  default     = true
  description = "Whether each view carries a description of each of its columns; false should BigQuery refuse one."
}

variable "digest" {
  type        = bool
  default     = false
  description = "Whether notify sends the digest: first add its settings to the secret that the output digest_secret names, then set this."
}

variable "environment" {
  type        = string
  default     = "prod"
  description = "A label on everything, and the state's prefix. One environment is one project."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.environment))
    error_message = "environment must be a label: lower-case letters, digits and -, 20 at most, a letter first."
  }
}

variable "feeds" {
  type        = set(string)
  default     = []
  description = "The accounts that are pulled with a token, such as todoist:me. Each gets an empty entry in Secret Manager, for whoever adds values by hand; `worklens connect` makes its own."

  validation {
    condition     = alltrue([for feed in var.feeds : can(regex("^[a-z][a-z0-9-]*:[A-Za-z0-9_.-]{1,64}$", feed))])
    error_message = "A feed is source:name, such as todoist:me; letters, digits, _, . and - in the name."
  }
}

variable "iap" {
  type        = bool
  default     = false
  description = "Whether Identity-Aware Proxy stands before the report: then `invokers` may sign in there with a browser, IAP alone calls the report, and the report takes only what IAP signed. Switch IAP itself on once, as the README says."
}

variable "invokers" {
  type        = set(string)
  default     = []
  description = "Who may open the report: members such as user:me@example.org or group:team@example.org. Empty: nobody but who may call anything in the project."

  validation {
    condition = alltrue([
      for member in var.invokers :
      can(regex("^(user|group|domain|serviceAccount|principal|principalSet):.+$", member))
    ])
    error_message = "An invoker is user:, group:, domain:, serviceAccount:, principal: or principalSet: and a name. The report shows a person's work, so allUsers and allAuthenticatedUsers are refused."
  }
}

variable "labels" {
  type        = map(string)
  default     = {}
  description = "More labels for everything that bears them."

  validation {
    condition = alltrue([
      for key, value in var.labels : can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))
    ])
    error_message = "Labels are lower-case letters, digits, _ and -, 63 at most; a key begins with a letter."
  }
}

variable "monthly_budget" {
  type        = number
  default     = 5
  description = "What a month may cost, in the billing account's currency; mails go out at half, nine tenths and all of it."

  validation {
    condition     = var.monthly_budget >= 1 && floor(var.monthly_budget) == var.monthly_budget
    error_message = "monthly_budget must be a whole number of at least 1."
  }
}

variable "project" {
  type        = string
  description = "The project that everything is made in; one deployment a project."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be a project's id (not its name or number): 6 to 30 lower-case letters, digits and -."
  }
}

variable "project_number" {
  type        = string
  description = "The project's number: gcloud projects describe ID --format='value(projectNumber)'. Google's own accounts are named by it."

  validation {
    condition     = can(regex("^[0-9]{6,}$", var.project_number))
    error_message = "project_number must be digits only."
  }
}

variable "protect_data" {
  type        = bool
  default     = true
  description = "Whether Datastore, the tables and the bucket of blobs refuse to be destroyed. Set it to false, apply, and only then destroy."
}

variable "raw_days" {
  type        = number
  default     = 90
  description = "For how many days raw records are kept at least; they go with the month in which they came in, 62 days later at most."

  validation {
    condition     = var.raw_days >= 7 && var.raw_days <= 3650 && floor(var.raw_days) == var.raw_days
    error_message = "raw_days must be a whole number from 7 (a fault must be found before the evidence is gone) to 3650."
  }
}

variable "region" {
  type        = string
  default     = "europe-west1"
  description = "Where everything runs and is kept; it can't be changed later without moving (docs/operations/moving-region.md)."

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be one region, such as europe-west1: a function can't run in a multi-region."
  }
}

variable "running" {
  type        = bool
  default     = true
  description = "False takes down all that runs (functions, topics, timers, alerts) and keeps all that is kept (Datastore, tables, blobs, secrets). Pause the timer and let the queues drain before (docs/operations/taking-down.md): a message lost on its way leaves its run unsettled."
}
