"""Published cases wait to be indexed anew: they are found by the names of their themes, of which LOS has all now."""

from django.db import migrations

# What is indexed of a case without themes stays as it is. The search job takes these up, some hundreds at a time.
WAIT = """
INSERT INTO search_waiting (kind, object_id)
SELECT 'case', id FROM cases_case WHERE state = 'published' AND los <> '{}' ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_find_what_the_editor_has"),
        ("search", "0002_keep_what_waits"),
    ]

    operations = [
        migrations.RunSQL(WAIT, migrations.RunSQL.noop),
    ]
