"""Who comes in and what they may: signing in, accounts, roles, the audit trail."""
