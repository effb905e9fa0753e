from django.db import migrations, models

STAGES = [
    ("pilot", "Being tried out"),
    ("implement", "Being introduced"),
    ("operate", "In ordinary use"),
    ("realise", "In use, with measured benefit"),
    ("closed_learned", "Ended, with learning"),
]


def _stage() -> models.CharField:
    return models.CharField(
        blank=True, choices=STAGES, default="operate", max_length=20, verbose_name="how far it has come"
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_draft_touched")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="case_stage"),
        migrations.AlterField(model_name="case", name="stage", field=_stage()),
        migrations.AlterField(model_name="draft", name="stage", field=_stage()),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(stage="") | models.Q(stage__in=[code for code, _label in STAGES]),
                name="case_stage",
            ),
        ),
    ]
