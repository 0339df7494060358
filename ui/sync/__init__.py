"""The hub lamp and the exceptions tray."""
