import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { validOn } from '../database/date-range.sql.ts';
import { sqlOf } from '../database/sql.ts';
import { Problem } from '../shared/problem.ts';

/** A company that may sell under a service today, and on what terms. */
export interface SellingTerms {
  readonly companyId: number;
  readonly serviceId: number;
  /** Where buyers may be sent back to. */
  readonly siteOrigins: readonly string[];
  readonly contractId: number;
  readonly perChargeMaxMinor: bigint;
  readonly lateCharges: 'accept' | 'refuse';
  readonly authorizationDays: number;
}

interface SellerKey {
  readonly companyId: number;
  /** The code as the company names it, or the row id of a sale under way. */
  readonly service: { readonly code: string } | { readonly id: number };
  readonly businessDate: string;
}

/**
 * Finds who sells and on what terms, for a sale that is under way: a capture, a month of a subscription.
 * @throws Problem `service-not-found`, `company-suspended` (the company or the service), `contract-missing`.
 */
export async function getSellingTerms(deps: Deps, key: SellerKey): Promise<SellingTerms> {
  return (await findSelling(deps, key)).terms;
}

/**
 * Like `getSellingTerms`, for a sale that is only now offered or confirmed: its page must show what the service says of
 * delivery, cancellation and seller (domain.md §15). @throws Problem `service-incomplete` besides.
 */
export async function getTermsOfNewSale(deps: Deps, key: SellerKey): Promise<SellingTerms> {
  const { terms, isComplete } = await findSelling(deps, key);
  if (!isComplete) throw new Problem('service-incomplete');
  return terms;
}

/** A service has all of its texts or none (`service_terms_whole`), so one short column answers for all. */
async function findSelling(deps: Deps, { companyId, service, businessDate }: SellerKey) {
  const row = await sqlOf(emOf(deps))
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .leftJoin('contract as k', (join) =>
      join.onRef('k.companyId', '=', 'c.id').on(validOn('k', businessDate)),
    )
    .select([
      's.id as serviceId',
      's.siteOrigin',
      's.moreOrigins',
      's.state as serviceState',
      'c.state as companyState',
    ])
    .select('s.platform')
    .select(['k.id as contractId', 'k.perChargeMaxMinor', 'k.lateCharges', 'k.authorizationDays'])
    .where('s.companyId', '=', companyId)
    .$if('code' in service, (query) => query.where('s.code', '=', (service as { code: string }).code))
    .$if('id' in service, (query) => query.where('s.id', '=', (service as { id: number }).id))
    .executeTakeFirst();
  if (!row) throw serviceNotFound();
  if (row.companyState !== 'active' || row.serviceState !== 'active') throw new Problem('company-suspended');
  const { contractId, perChargeMaxMinor, lateCharges, authorizationDays } = row;
  if (
    contractId === null ||
    perChargeMaxMinor === null ||
    lateCharges === null ||
    authorizationDays === null
  ) {
    throw new Problem('contract-missing');
  }
  const { serviceId } = row;
  const siteOrigins = [row.siteOrigin, ...(row.moreOrigins ?? [])];
  const contract = { contractId, perChargeMaxMinor, lateCharges, authorizationDays };
  const terms: SellingTerms = { companyId, serviceId, siteOrigins, ...contract };
  return { terms, isComplete: row.platform !== null };
}

/** The refusal of a code that names no service of the company. */
export function serviceNotFound(): Problem {
  const message = 'is not the code of a service of the company';
  return new Problem('service-not-found', { errors: [{ pointer: '/service', message }] });
}
