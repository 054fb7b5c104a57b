-- The time zone and the currency in which the books of this database are kept: one row, of the first process that bills
-- from it. Amounts bear no currency and business dates no zone, so another setting would misread all that is there.
CREATE TABLE books (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  begun_at DATETIME(3) NOT NULL,
  CONSTRAINT books_are_one CHECK (id = 1)
);
