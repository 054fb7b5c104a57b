-- Which nights are due is asked every minute, and how they stand with every scrape of the metrics: by runs without their
-- parts, and without their manifests. Of years of runs this reads what is unfinished and the ends of what is finished.
CREATE INDEX run_of_night ON run (part, state, job, business_date);
