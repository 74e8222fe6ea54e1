"""Etam Berkesah: from a folder of raw recordings to a podcast and its articles."""

__version__ = "0.1.0"
