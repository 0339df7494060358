"""Alarms: flash, sound and acknowledgement."""
