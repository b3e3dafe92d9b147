"""Made-up cases, for measuring and for trying out: seeded, valid, varied and plainly fictional.

They are derived from the schemas: every field is filled by its kind and role, every sentence is put
together from words the schemas hold. Another library's schemas give another library's cases.
"""

from casebook.synth.cases import Cases
from casebook.synth.folder import Refused, write

__all__ = ["Cases", "Refused", "write"]
