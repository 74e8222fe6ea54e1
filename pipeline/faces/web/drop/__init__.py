"""Recordings on their way in: uploads that resume, are checked, and are handed over by people."""
