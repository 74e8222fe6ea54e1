"""Checking an article against its recording, with everything that the show knows."""
