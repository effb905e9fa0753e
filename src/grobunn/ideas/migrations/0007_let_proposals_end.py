"""When a proposal was last changed and whether it was thrown away: by these it ends."""

from django.db import migrations, models
from django.db.models.functions import Now

from grobunn.kernel import clock


class Migration(migrations.Migration):
    dependencies = [("ideas", "0006_tell_quickly_who_may_read")]

    operations = [
        migrations.AddField(
            model_name="routingproposal",
            name="changed_at",
            field=models.DateTimeField(default=clock.now, db_default=Now()),
        ),
        migrations.AddField(
            model_name="routingproposal",
            name="thrown_away_at",
            field=models.DateTimeField(blank=True, help_text="Kept a day longer, for undoing it.", null=True),
        ),
    ]
