"""Properties are drawn the same way on every machine and every run."""

from hypothesis import settings

settings.register_profile("clairplan", derandomize=True, deadline=None, database=None, max_examples=40)
settings.load_profile("clairplan")
