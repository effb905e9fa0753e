from django.db import migrations, models


class Migration(migrations.Migration):
    """The answers of the last 48 hours are taken along as text."""

    dependencies = [
        ("kernel", "0003_keep_what_a_step_overwrote"),
    ]

    operations = [
        migrations.AddField(
            model_name="answeredrequest",
            name="content",
            field=models.BinaryField(default=b""),
        ),
        migrations.RunSQL(
            "UPDATE kernel_answeredrequest SET content = convert_to(body::text, 'UTF8') WHERE body <> 'null'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(model_name="answeredrequest", name="body"),
    ]
