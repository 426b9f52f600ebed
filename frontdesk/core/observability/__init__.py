"""What operators see: structured logs, health and metrics; none of it carries personal data."""

# Where the server leaves the status with which it refused a request's body.
REFUSED = "frontdesk.refused"
