import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { CommissionTerms } from './commission.rules.ts';
import type { Partner } from './partner.entity.ts';

/** All partners by code; there are some dozens. @throws Problem `permission-denied` */
export async function listPartners(deps: Deps, actor: Actor): Promise<Partner[]> {
  authorize(actor, 'partners:read');
  return await sqlOf(emOf(deps)).selectFrom('partner').selectAll().orderBy('code').execute();
}

/** A version of a partner's terms with a company, and the services whose sales are the partner's from then on. */
export interface ListedTerms {
  readonly company: string;
  readonly partner: string;
  readonly validFrom: string;
  readonly paidBy: 'company' | 'carrier';
  readonly commission: CommissionTerms;
  readonly services: readonly string[];
}

/** The terms of a partner with every company, the oldest first. @throws Problem `permission-denied`, `partner-not-found` */
export async function listPartnerTerms(deps: Deps, actor: Actor, code: string): Promise<ListedTerms[]> {
  authorize(actor, 'partners:read');
  const { id } = await findPartner(deps, code);
  const sql = sqlOf(emOf(deps));
  const terms = await sql
    .selectFrom('partner_terms as t')
    .innerJoin('company as c', 'c.id', 't.companyId')
    .select(['t.id', 'c.code as company', 't.validFrom', 't.paidBy', 't.commission'])
    .where('t.partnerId', '=', id)
    .orderBy('c.code')
    .orderBy('t.validFrom')
    .execute();
  const services = await sql
    .selectFrom('partner_service as p')
    .innerJoin('service as e', 'e.id', 'p.serviceId')
    .select(['p.termsId', 'e.code'])
    .where('p.partnerId', '=', id)
    .orderBy('e.code')
    .execute();
  return terms.map(({ id: termsId, ...version }) => ({
    ...version,
    partner: code,
    services: services.filter((row) => row.termsId === termsId).map((row) => row.code),
  }));
}

/** The partner of a code. @throws Problem `partner-not-found` */
export async function findPartner(deps: Deps, code: string): Promise<Partner> {
  const partner = await sqlOf(emOf(deps))
    .selectFrom('partner')
    .selectAll()
    .where('code', '=', code)
    .executeTakeFirst();
  if (!partner) throw new Problem('partner-not-found', { detail: `There is no partner ${code}.` });
  return partner;
}

/** What a partner gets of a settlement. */
export interface SettlementCommission {
  readonly partner: string;
  readonly name: string;
  readonly nameEn: string;
  readonly paidBy: 'company' | 'carrier';
  readonly commission: CommissionTerms;
  readonly billedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
  readonly itemCount: number;
  readonly earnedMinor: bigint;
  readonly carriedInMinor: bigint;
  readonly carriedOutMinor: bigint;
  readonly exTaxMinor: bigint;
  readonly taxRateBps: number;
  readonly taxMinor: bigint;
}

/** The commissions of a settlement by the partners' codes; for readers who were allowed to see the settlement. */
export async function listCommissions(deps: Deps, settlementId: string): Promise<SettlementCommission[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('partner_commission as m')
    .innerJoin('partner as p', 'p.id', 'm.partnerId')
    .innerJoin('partner_terms as t', 't.id', 'm.termsId')
    .select(['p.code as partner', 'p.name', 'p.nameEn', 'm.paidBy', 't.commission'])
    .select(['m.billedMinor', 'm.refundedMinor', 'm.clawbackMinor', 'm.recoveryMinor', 'm.itemCount'])
    .select(['m.earnedMinor', 'm.carriedInMinor', 'm.carriedOutMinor', 'm.exTaxMinor', 'm.taxRateBps'])
    .select('m.taxMinor')
    .where('m.settlementId', '=', settlementId)
    .orderBy('p.code')
    .execute();
}
