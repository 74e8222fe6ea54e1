"""The article editor: text beside its evidence, its preview, files and the way to WordPress."""
