"""A town's sites and its hub in one process and in virtual time, with everything going wrong."""
