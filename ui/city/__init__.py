"""The city's own views: its towns and their sites."""
