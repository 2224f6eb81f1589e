"""manage.py audit_archive: prove that what the archive copies and hashes agrees with what it holds."""

from articles.audit import audit_archive
from articles.auditing import AuditCommand


class Command(AuditCommand):
    help = (
        "Read every article and version, and compute anew what is stored beside them: canonical text, hashes, copied "
        "columns, pointers, numbers. Prints row and field of whatever differs, and exits 1."
    )
    findings = staticmethod(audit_archive)
