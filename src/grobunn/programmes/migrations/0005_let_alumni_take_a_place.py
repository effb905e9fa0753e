from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_show_evaluations_in_steps")]

    operations = [
        migrations.AddField(
            model_name="cohort",
            name="takes_alumni",
            field=models.BooleanField(
                default=False,
                verbose_name="those who completed what it follows after may take a place themselves",
            ),
        ),
    ]
