"""What makes packages of the product, and the scripts of its Makefile."""
