"""Pages made from the code: docs/ and manual pages."""
