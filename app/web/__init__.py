"""The face over HTTP: the gate that every request passes, the service's own routes, and how they are put together."""
