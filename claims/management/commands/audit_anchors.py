"""manage.py audit_anchors: prove that every mark sits on the words that were checked."""

from articles.auditing import AuditCommand
from claims.audit import audit_anchors


class Command(AuditCommand):
    help = (
        "Read every place where a claim stands and hold it against the words of its version; then what is copied and "
        "derived about claims, sources, evidence and verdicts. Prints row and field of whatever differs, exits 1."
    )
    findings = staticmethod(audit_anchors)
