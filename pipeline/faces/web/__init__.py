"""The review app: where staff drop recordings, and editors sign what goes public."""
