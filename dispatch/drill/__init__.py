"""Made-up towns and days for demonstration, training and load."""
