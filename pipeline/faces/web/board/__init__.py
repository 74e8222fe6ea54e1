"""Every episode at a glance: where it stands, what it waits for, what went wrong."""
