"""Alarms: their life, their sounds and the lanes that show them."""
