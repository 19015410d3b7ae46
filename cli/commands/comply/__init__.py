"""Commands on guidelines: what they say, and how engagements stand by them."""
