-- From schema 2 to 3: the rungs of sameness beside each extraction, its score, and whole lines
-- in the differences. What was read and compared before does not know them: NULL.
ALTER TABLE extractions ADD COLUMN normalized_id VARCHAR;
ALTER TABLE extractions ADD COLUMN undated_id VARCHAR;
ALTER TABLE extractions ADD COLUMN score DOUBLE;
ALTER TABLE texts ADD COLUMN undated_id VARCHAR;
ALTER TABLE diffs ADD COLUMN lines_added BIGINT;
ALTER TABLE diffs ADD COLUMN lines_removed BIGINT;
ALTER TABLE diffs ADD COLUMN lines_edited BIGINT;
