"""What the archive tells whoever listens."""

from django.dispatch import Signal

# Sent by articles.editing inside its transaction, with article, old (ArticleVersion), new (ArticleVersion) and by.
text_revised = Signal()
