-- Carriers write 2999-12-31 or 9999-12-31 for a tenure without an end. As a date it would keep the next holder out.

UPDATE line_holder SET valid_to = NULL WHERE valid_to >= '2999-01-01';
