"""One module per outside library; nothing else imports that library."""
