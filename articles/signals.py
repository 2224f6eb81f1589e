"""What the archive tells whoever listens."""

from django.dispatch import Signal

# Sent by articles.editing inside its transaction, with article, old (ArticleVersion), new (ArticleVersion) and by.
text_revised = Signal()

# Sent by articles.removing inside its transaction for each version that lost words by order, with old (ArticleVersion
# as it was), new (as it is), cuts (removed_words.Cuts by field), notice, redaction and by. What quotes it follows.
words_removed = Signal()
