"""The engine: what a plan costs, from when to when, and by which rule.

Standard library only, and nothing that depends on where it runs: no clock, file, network, locale look-up or
printing. The same code answers in the browser (Pyodide), on the command line and in a batch.
"""
