"""The roles of the newsroom: names of groups. What each may do stands in the migrations that grant it."""

REPORTER = "Reporter"
FACT_CHECKER = "Fact-checker"
VERDICT_EDITOR = "Verdict editor"
ARCHIVIST = "Archivist"
AUDITOR = "Auditor"
ADMINISTRATOR = "Administrator"

ALL = (REPORTER, FACT_CHECKER, VERDICT_EDITOR, ARCHIVIST, AUDITOR, ADMINISTRATOR)
