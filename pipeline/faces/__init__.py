"""Where the program speaks to people; errors become sentences here, and only here."""
