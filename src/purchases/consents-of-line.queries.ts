import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenureRef } from '../personal-data/personal-data.queries.ts';
import { Problem } from '../shared/problem.ts';
import type { CountedSum } from './month-totals.rules.ts';
import { getPurchaseScope, listTenurePeriods, type PurchaseScope } from './purchase-scope.queries.ts';

/** What was charged under a consent. */
export interface ConsentUse extends CountedSum {
  readonly lastOn: string | null;
}

/** A consent that somebody on the line has granted, with what was used under it. */
export type ConsentOfLine = Awaited<ReturnType<typeof listConsentsOfLine>>[number];

/** The consents of an actor's people: those in force first, then the revoked ones, each the newest first. */
export async function listConsentsOfLine(deps: Deps, actor: Actor, about?: TenureRef) {
  authorize(actor, about ? 'purchases:read' : 'own-consents:read');
  const scope = await getPurchaseScope(deps, actor, about);
  if (scope.people.length === 0) return [];
  const rows = await selectConsents(deps, scope).execute();
  const consents = await withUse(deps, scope, rows);
  return [
    ...consents.filter(({ state }) => state === 'active'),
    ...consents.filter(({ state }) => state !== 'active'),
  ];
}

/** One consent. @throws Problem `consent-not-found`. */
export async function getConsentOfLine(deps: Deps, actor: Actor, consentId: string): Promise<ConsentOfLine> {
  authorize(actor, 'own-consents:read');
  const scope = await getPurchaseScope(deps, actor);
  const rows = await selectConsents(deps, scope).where('a.id', '=', consentId).execute();
  const [consent] = await withUse(deps, scope, rows);
  if (!consent) throw new Problem('consent-not-found');
  return consent;
}

type Row = Awaited<ReturnType<ReturnType<typeof selectConsents>['execute']>>[number];

const UNUSED: ConsentUse = { count: 0, minor: 0n, lastOn: null };

async function withUse(deps: Deps, scope: PurchaseScope, rows: readonly Row[]) {
  const use = rows.length > 0 ? await sumByConsent(deps, scope) : new Map<string, ConsentUse>();
  return rows.map((row) => ({
    ...row,
    person: scope.people.find(({ id }) => id === row.subscriberId),
    use: use.get(row.id) ?? UNUSED,
  }));
}

function selectConsents(deps: Deps, { lineId, holderFrom, people }: PurchaseScope) {
  return sqlOf(emOf(deps))
    .selectFrom('consent as a')
    .innerJoin('company as co', 'co.id', 'a.companyId')
    .innerJoin('service as s', 's.id', 'a.serviceId')
    .select(['a.id', 'a.subscriberId', 'a.companyId', 'a.serviceId', 'a.description', 'a.perChargeMaxMinor'])
    .select(['a.state', 'a.agreedAt', 'a.endedAt', 'co.code as companyCode'])
    .select(['co.name as company', 'co.nameEn as companyEn', 's.name as service', 's.nameEn as serviceEn'])
    .where('a.lineId', '=', lineId)
    .where('a.holderFrom', '=', holderFrom)
    .where(
      'a.subscriberId',
      'in',
      people.map(({ id }) => id),
    )
    .where('a.state', 'in', ['active', 'ended'])
    .orderBy('a.id', 'desc');
}

interface UseRow {
  readonly consentId: string;
  readonly count: number | string;
  readonly minor: number | string;
  readonly lastOn: string;
}

async function sumByConsent(deps: Deps, scope: PurchaseScope): Promise<ReadonlyMap<string, ConsentUse>> {
  const periods = await listTenurePeriods(deps, scope);
  const query = consentUseQuery(
    scope,
    periods.map(({ period }) => period),
  );
  if (!query) return new Map();
  const rows = await queryRows<UseRow>(emOf(deps), query.text, query.values);
  return new Map(
    rows.map(({ consentId, count, minor, lastOn }) => [
      consentId,
      { count: Number(count), minor: BigInt(minor), lastOn },
    ]),
  );
}

/** The statement that sums up the uses under each consent, less what was refunded of them. */
export function consentUseQuery({ people }: Pick<PurchaseScope, 'people'>, periods: readonly string[]) {
  if (people.length === 0 || periods.length === 0) return undefined;
  return {
    text: `SELECT c.consent_id AS consentId, COUNT(*) AS count,
        SUM(c.captured_minor - COALESCE((SELECT SUM(r.amount_minor) FROM refund r WHERE r.charge_id = c.id), 0)) AS minor,
        MAX(c.business_date) AS lastOn
      FROM charge c FORCE INDEX (charge_of_buyer)
      WHERE c.billing_period IN (?) AND c.subscriber_id IN (?) AND c.consent_id IS NOT NULL GROUP BY c.consent_id`,
    values: [periods, people.map(({ id }) => id)],
  };
}
