"""The migrations, one file each; Alembic finds them by their `revision`."""
