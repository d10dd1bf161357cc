"""The documentation: Markdown files of a folder as pages of the site, each in the languages that it is written in.

Decides which page a file becomes, what its Markdown means, where its links lead and in which order pages stand; leaves
to rendering how they look. `files` is all that a site without documentation imports.
"""
