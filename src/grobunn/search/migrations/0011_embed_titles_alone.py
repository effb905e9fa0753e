"""Documents with a title of their own wait to be embedded anew: the title alone is a part of them now."""

from django.db import migrations

# A title that is the beginning of the text is no part; where meaning is off, whoever embeds throws these away.
WAIT = """
INSERT INTO search_unembedded (document_id, is_backfill)
SELECT id, true FROM search_indexeddocument
 WHERE title <> '' AND text <> '' AND NOT starts_with(text, rtrim(title, ' …'))
   AND EXISTS (SELECT FROM search_languagemodel)
 ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0010_count_without_reading_tables"),
    ]

    operations = [
        migrations.RunSQL(WAIT, migrations.RunSQL.noop),
    ]
