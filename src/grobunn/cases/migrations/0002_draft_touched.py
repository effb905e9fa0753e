from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="touched",
            field=models.JSONField(
                blank=True, default=dict, help_text="The revision in which each field last changed."
            ),
        ),
    ]
