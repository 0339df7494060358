"""Everything that needs PySide6."""
