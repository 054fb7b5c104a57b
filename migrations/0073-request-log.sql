-- The requests of a company's programs, for 30 days. Identifiers rise with time, so the oldest rows are at the beginning of the table.
CREATE TABLE api_request (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(3) NOT NULL,
  api_key_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  method VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  route VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  path VARCHAR(200) NOT NULL,
  status SMALLINT UNSIGNED NOT NULL,
  problem VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  duration_ms INT UNSIGNED NOT NULL,
  idempotency_key VARCHAR(255) NULL,
  address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_body TEXT NULL,
  response_body TEXT NULL,
  INDEX api_request_of_company (company_id, id),
  INDEX api_request_by_number (company_id, request_id)
);

-- How many requests came on a day, and how many of them are above: all refusals and a sample of the others, up to a rate.
CREATE TABLE api_request_count (
  company_id INT UNSIGNED NOT NULL,
  counted_on DATE NOT NULL,
  seen BIGINT UNSIGNED NOT NULL,
  logged BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (counted_on, company_id)
);
