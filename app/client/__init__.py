"""What partners install: reads the API, keeps a verified copy in step, and needs nothing of the server."""
