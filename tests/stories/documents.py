"""The documents that the stories begin from: the real one, where it is at hand, and one composed like it."""

from pathlib import Path

from django.conf import settings

REAL = Path(settings.BASE_DIR).parent / "shared" / "seeds" / "nawaiwaqt-2020-04.txt"
COMPOSED = """\
Council opens third bridge within single month to ease traffic

The city council on Friday opened another bridge over the canal, an engineer said.

The council has so far opened three bridges over the past few months.

An engineer, who asked not to be named, said the next one will take longer to build.

Last ferry crosses city canal before cheering crowd

The last ferry crossed the city canal on Saturday before a cheering crowd on both banks.

Passengers will use the new bridges from now on, the operator said in a statement.

READ MORE: Council opens third bridge within single month to ease traffic
The operator has not said what will become of the two boats.
"""
