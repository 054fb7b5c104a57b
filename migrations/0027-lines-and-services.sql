-- What the line master knows besides the holder, for each tenure: the access product with its options, which decide whether the
-- line may pay, the telephone number (E.164), and what letters, search and payment requests need.
ALTER TABLE line_holder
  ADD COLUMN product VARCHAR(60) NULL,
  ADD COLUMN options VARCHAR(240) NULL,
  ADD COLUMN telephone VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN holder_kana VARCHAR(120) NULL,
  ADD COLUMN postal_code CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN address VARCHAR(240) NULL,
  ADD COLUMN building VARCHAR(120) NULL,
  ADD COLUMN open_telephone VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin AS (IF(valid_to IS NULL, telephone, NULL)) VIRTUAL,
  ADD CONSTRAINT line_holder_telephone_once UNIQUE (open_telephone),
  ADD INDEX line_holder_telephone (telephone, valid_from),
  ADD CONSTRAINT line_holder_telephone_number CHECK (telephone REGEXP '^[+][1-9][0-9]{6,14}$'),
  ADD CONSTRAINT line_holder_postal_code CHECK (postal_code REGEXP '^[0-9]{3}-[0-9]{4}$');

-- What the last page before a purchase must show of its seller, and what the public list of companies says. A service has all of
-- it or none; without it nothing new is sold. `listed_from` is empty for a service that is planned without a day.
ALTER TABLE service
  ADD COLUMN paid_for VARCHAR(120) NULL,
  ADD COLUMN paid_for_en VARCHAR(120) NULL,
  ADD COLUMN delivery VARCHAR(400) NULL,
  ADD COLUMN delivery_en VARCHAR(400) NULL,
  ADD COLUMN cancellation VARCHAR(800) NULL,
  ADD COLUMN cancellation_en VARCHAR(800) NULL,
  ADD COLUMN seller_address VARCHAR(240) NULL,
  ADD COLUMN seller_address_en VARCHAR(240) NULL,
  ADD COLUMN seller_telephone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN contact_email VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN platform VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN listed_from DATE NULL,
  ADD CONSTRAINT service_platform CHECK (platform IN ('flets-soft-delivery', 'flets-market', 'flets-cast', 'internet')),
  ADD CONSTRAINT service_terms_whole CHECK (
    (paid_for IS NULL AND paid_for_en IS NULL AND delivery IS NULL AND delivery_en IS NULL AND cancellation IS NULL
      AND cancellation_en IS NULL AND seller_address IS NULL AND seller_address_en IS NULL AND seller_telephone IS NULL
      AND contact_email IS NULL AND platform IS NULL AND listed_from IS NULL)
    OR (paid_for IS NOT NULL AND paid_for_en IS NOT NULL AND delivery IS NOT NULL AND delivery_en IS NOT NULL
      AND cancellation IS NOT NULL AND cancellation_en IS NOT NULL AND seller_address IS NOT NULL
      AND seller_address_en IS NOT NULL AND seller_telephone IS NOT NULL AND contact_email IS NOT NULL
      AND platform IS NOT NULL));
