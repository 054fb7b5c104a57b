import { sql } from 'kysely';

/**
 * The supplier status of an item `i` of company `co`, as stored for its period: only items whose supplier was
 * registered on the supply date count in the qualified totals (domain.md section 5); a refund counts where its charge did.
 * `registered_to` is the first date after the registration.
 */
export const supplierStatus = sql<'registered' | 'unregistered'>`
  CASE WHEN co.registration_number IS NOT NULL
    AND (co.registered_from IS NULL OR co.registered_from <= COALESCE(i.supplied_on, i.business_date))
    AND (co.registered_to IS NULL OR COALESCE(i.supplied_on, i.business_date) < co.registered_to)
  THEN 'registered' ELSE 'unregistered' END`;
