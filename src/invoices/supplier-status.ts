import { sql } from 'kysely';

/**
 * The part of the qualified invoice an item `i` of company `co`, as kept for its period, stands in: only items whose supplier was
 * registered on the supply date count in the qualified totals (domain.md section 5). `registered_to` is
 * the first date that is no longer covered.
 */
export const supplierStatus = sql<'registered' | 'unregistered'>`
  CASE WHEN co.registration_number IS NOT NULL
    AND (co.registered_from IS NULL OR co.registered_from <= i.business_date)
    AND (co.registered_to IS NULL OR i.business_date < co.registered_to)
  THEN 'registered' ELSE 'unregistered' END`;
