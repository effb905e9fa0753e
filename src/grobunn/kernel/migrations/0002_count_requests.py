"""The counts of the rate limits, in a table that is not logged: they live for seconds and need not survive a crash."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RateBucket",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("ends_at", models.DateTimeField(db_index=True)),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE kernel_ratebucket SET UNLOGGED", reverse_sql="ALTER TABLE kernel_ratebucket SET LOGGED"
        ),
    ]
