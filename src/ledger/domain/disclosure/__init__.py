"""Documents that tell a body about engagements."""
