"""The ports on Google Cloud: Datastore, Pub/Sub, BigQuery, Cloud Storage and Secret Manager.

No module here imports a client while it loads: each is imported and made when it is first needed, and then kept.
"""
