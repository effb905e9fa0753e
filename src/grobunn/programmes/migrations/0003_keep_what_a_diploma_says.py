from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_keep_files_of_people_for_a_day")]

    operations = [
        migrations.AddField(
            model_name="diploma",
            name="gatherings",
            field=models.JSONField(
                default=list,
                help_text="What was attended, as it was when the diploma was issued: marks are forgotten earlier.",
            ),
        ),
    ]
