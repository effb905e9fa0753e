import django.db.models.deletion
from django.db import migrations, models

import grobunn.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_keep_no_history_of_idea_numbers"),
        ("programmes", "0003_keep_what_a_diploma_says"),
    ]

    operations = [
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=grobunn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "first_question",
                    models.CharField(blank=True, max_length=200, verbose_name="a question of your own"),
                ),
                ("second_question", models.CharField(blank=True, max_length=200, verbose_name="one more")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="It is over: who has answered is forgotten, and nothing more is taken in.",
                        null=True,
                    ),
                ),
                (
                    "gathering",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.gathering"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="evaluationanswer",
            name="is_shown",
            field=models.BooleanField(default=False, help_text="Among the results: let in five or more at a time."),
        ),
        migrations.AddField(
            model_name="evaluationanswer", name="own_first", field=models.TextField(blank=True, max_length=2000)
        ),
        migrations.AddField(
            model_name="evaluationanswer", name="own_second", field=models.TextField(blank=True, max_length=2000)
        ),
        migrations.AlterField(
            model_name="evaluationgiven",
            name="id",
            field=models.UUIDField(
                default=grobunn.kernel.ids.random_id, editable=False, primary_key=True, serialize=False
            ),
        ),
        migrations.AddIndex(
            model_name="evaluationanswer",
            index=models.Index(fields=["gathering", "is_shown"], name="answers_of_gathering"),
        ),
    ]
