"""The author's workbench: the linter (check), the measure (evaluate), new entries (scaffold)."""
