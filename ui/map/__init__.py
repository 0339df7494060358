"""The raster map: grids, incidents and workers."""
