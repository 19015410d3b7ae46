"""A file compared with the paper that it was made from. verify_documents.py is made of these modules."""
