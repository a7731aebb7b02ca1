-- Keys by the time they were made: an entry of this index held the whole key again and was written with every act, for a job that runs
-- every ten minutes. It looks through the keys themselves now.
DROP INDEX platform_idempotency_made;
