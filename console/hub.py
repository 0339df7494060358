"""The server: settings, engine, hub application, serve; imports neither the window nor PySide6."""
