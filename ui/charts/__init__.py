"""The shift panel's charts, behind one typed wrapper."""
