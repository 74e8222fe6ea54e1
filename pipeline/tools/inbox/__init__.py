"""The inbox: what lies in it, getting things in and out of it whole, and notes for staff."""
