-- From schema 3 to 4: more opinions beside the views (terms, model, events, panels).
ALTER TABLE diffs ADD COLUMN lines_moved BIGINT;
