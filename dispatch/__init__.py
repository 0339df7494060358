"""The product without a screen; imports no Qt."""
