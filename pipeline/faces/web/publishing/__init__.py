"""Approval and publishing: who signed what, what is public, and the way there and back."""
