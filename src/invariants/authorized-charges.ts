import { sql } from 'kysely';

/** The charges (`h`) that are authorized, company by company: the index that finds these few among all charges. */
export const authorizedCharges = sql`
  company o STRAIGHT_JOIN charge h FORCE INDEX (charge_of_state) ON h.company_id = o.id AND h.state = 'authorized'`;
