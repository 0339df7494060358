"""The site's store."""
