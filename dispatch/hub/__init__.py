"""The city hub: its tables, order, scopes, field and outside doors."""
