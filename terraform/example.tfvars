# Copy it to prod.tfvars (the environment's name), which deploy.sh takes by itself. README.md lists all variables.
alert_email = "you@example.org"
invokers    = ["user:you@example.org"]

# billing_account = "012345-6789AB-CDEF01" # watch what it costs
# monthly_budget  = 5
# connecting      = true # and feeds = ["todoist:me"]: connect at the report's address with /connect behind it
# digest          = true # once its settings are in the secret that the output digest_secret names
# raw_days        = 90
