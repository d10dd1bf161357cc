"""The generator of the site and the command line: everything that may read files, print and know a page."""
