"""The town's map: own raster painting of grids, incidents, workers and units."""
