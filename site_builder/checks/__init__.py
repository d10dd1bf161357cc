"""What a careful colleague would notice: warnings about files that a build accepts, each with place, cause and fix.

What a build refuses is `reading`'s to say; here nothing is refused.
"""

from site_builder.checks.all_checks import Checked, warnings_of

__all__ = ["Checked", "warnings_of"]
