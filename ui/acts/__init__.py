"""Forms: one for every act, the dispatch dialog, the report form, log-in and shift log-on."""
