"""Vectors of language models beside the documents; the database tells which texts are new."""

import django.db.models.deletion
import grobunn.kernel.clock
from django.db import migrations, models

# A vector goes with its document and with its model, whoever deletes those. Its column is added at run time, because its
# type exists only where the extension does.
_CONSTRAINTS = """
ALTER TABLE search_documentvector
    ADD CONSTRAINT search_vector_document FOREIGN KEY (document_id)
        REFERENCES search_indexeddocument (id) ON DELETE CASCADE,
    ADD CONSTRAINT search_vector_model FOREIGN KEY (model_id)
        REFERENCES search_languagemodel (id) ON DELETE CASCADE;
"""
_WRITE = """
CREATE FUNCTION search_tell_of_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_unembedded (document_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER search_tell_of_new_text AFTER INSERT ON search_indexeddocument
    FOR EACH ROW EXECUTE FUNCTION search_tell_of_text();
CREATE TRIGGER search_tell_of_changed_text AFTER UPDATE ON search_indexeddocument
    FOR EACH ROW WHEN ((NEW.title, NEW.text) IS DISTINCT FROM (OLD.title, OLD.text))
    EXECUTE FUNCTION search_tell_of_text();
"""
_UNWRITE = """
DROP TRIGGER search_tell_of_changed_text ON search_indexeddocument;
DROP TRIGGER search_tell_of_new_text ON search_indexeddocument;
DROP FUNCTION search_tell_of_text();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0007_count_unmet_needs"),
    ]

    operations = [
        migrations.CreateModel(
            name="LanguageModel",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                (
                    "name",
                    models.CharField(
                        help_text="The model and its lens; vectors of two never meet.", max_length=300, unique=True
                    ),
                ),
                ("embedder", models.CharField(help_text="The model as it calls itself.", max_length=300)),
                ("dim", models.SmallIntegerField()),
                ("lens", models.BinaryField()),
                ("made_at", models.DateTimeField(default=grobunn.kernel.clock.now)),
                ("complete_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DocumentVector",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("part", models.SmallIntegerField()),
                ("digest", models.BinaryField(help_text="Of the text that the vector was made of.")),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="search.indexeddocument",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="search.languagemodel",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("document", "model", "part"), name="search_vector_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Unembedded",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("is_backfill", models.BooleanField(db_default=False, default=False)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="search.indexeddocument",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["is_backfill", "id"], name="search_unembedded_order")],
            },
        ),
        migrations.RunSQL(_CONSTRAINTS, migrations.RunSQL.noop),
        migrations.RunSQL(_WRITE, _UNWRITE),
    ]
