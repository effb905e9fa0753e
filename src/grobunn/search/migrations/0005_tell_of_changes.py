"""Every change of an indexed document leaves a row, whoever made it, for the indexes that follow the database."""

from django.db import migrations, models

import grobunn.search.fields

# A change of what is not in the index of words is none. One transaction wakes the followers once.
_WRITE = """
CREATE FUNCTION search_tell_of_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id
       AND (NEW.kind, NEW.municipality_id, NEW.visibility, NEW.state, NEW.language, NEW.themes, NEW.written_on,
            NEW.title, NEW.text)
           IS NOT DISTINCT FROM
           (OLD.kind, OLD.municipality_id, OLD.visibility, OLD.state, OLD.language, OLD.themes, OLD.written_on,
            OLD.title, OLD.text) THEN
        RETURN NULL;
    END IF;
    INSERT INTO search_change (xid, document_id, at) VALUES (pg_current_xact_id(), changed, now());
    PERFORM pg_notify('search_change', '');
    RETURN NULL;
END $$;
CREATE TRIGGER search_tell_of_change AFTER INSERT OR UPDATE OR DELETE ON search_indexeddocument
    FOR EACH ROW EXECUTE FUNCTION search_tell_of_change();
"""
_UNWRITE = """
DROP TRIGGER search_tell_of_change ON search_indexeddocument;
DROP FUNCTION search_tell_of_change();
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_know_synonyms")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("xid", grobunn.search.fields.TransactionIdField()),
                (
                    "document_id",
                    models.BigIntegerField(help_text="The id of the row of what is indexed, which may be gone."),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["xid", "id"], name="search_change_order"),
                    models.Index(fields=["at"], name="search_change_age"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Forgotten",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("xid", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="search_forgotten_once")],
            },
        ),
        migrations.RunSQL(_WRITE, _UNWRITE),
    ]
