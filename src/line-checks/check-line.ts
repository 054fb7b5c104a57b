import { actorName, type Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { decideUsages } from '../charges/decide-usages.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, endOfBusinessDate } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { assertCheckedAmount, isPossible } from './line-check.rules.ts';

export interface LineCheckRequest {
  /** Stored identifier. */
  readonly consentId: string;
  readonly amountMinor: bigint;
}

export interface LineCheckAnswer {
  readonly possible: boolean;
  readonly checkedOn: string;
  /** Further checks of this consent on the same date. */
  readonly remaining: number;
}

/**
 * Whether a use of this amount could be charged under a consent now, by the same rules as a charge; nothing is charged or reserved.
 * Each answer is stored, and a consent has a few on a business date: checks of one consent take turns by its row.
 * @throws Problem `amount-not-checked`, `consent-not-found`, `consent-not-active`, `line-check-limit`, and those of the seller
 */
export function checkLine(
  deps: Deps,
  actor: Actor,
  { consentId, amountMinor }: LineCheckRequest,
): Promise<LineCheckAnswer> {
  const companyId = actingCompany(actor, 'line-checks:write');
  const { amounts, perDay } = deps.config.lineChecks;
  assertCheckedAmount(amountMinor, amounts);
  return inTransaction(deps, async (tx) => {
    const checkedAt = tx.clock.now();
    const checkedOn = businessDateOf(checkedAt, tx.config.timeZone);
    const position = (await countChecks(tx, { companyId, consentId, checkedOn })) + 1;
    if (position > perDay) throw limitReached(tx, checkedOn, checkedAt);
    const [outcome] = (await decideUsages(tx, [{ ...tried, companyId, consentId, amountMinor }])).outcomes;
    const possible = isPossible(outcome?.kind === 'refused' ? outcome.problem : undefined);
    const row = { consentId, checkedOn, position, companyId, amountMinor, possible, checkedAt };
    await sqlOf(tx.em)
      .insertInto('line_check')
      .values({ ...row, checkedBy: actorName(actor) })
      .execute();
    return { possible, checkedOn, remaining: perDay - position };
  });
}

/** What is decided on and never written. */
const tried = { taxCode: 'standard', description: 'line check' } as const;

interface CheckedConsent {
  readonly companyId: number;
  readonly consentId: string;
  readonly checkedOn: string;
}

/** Locks the consent, so that two checks at once are counted one after the other. */
async function countChecks(tx: InTransaction<Deps>, { companyId, consentId, checkedOn }: CheckedConsent) {
  const sql = sqlOf(tx.em);
  const consent = await sql
    .selectFrom('consent')
    .select('id')
    .where('id', '=', consentId)
    .where('companyId', '=', companyId)
    .forUpdate()
    .executeTakeFirst();
  if (!consent) throw new Problem('consent-not-found');
  const row = await sql
    .selectFrom('line_check')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('consentId', '=', consentId)
    .where('checkedOn', '=', checkedOn)
    .executeTakeFirst();
  return row?.last ?? 0;
}

function limitReached({ config }: Deps, checkedOn: string, at: Date): Problem {
  const waitMs = endOfBusinessDate(checkedOn, config.timeZone).getTime() - at.getTime();
  return new Problem('line-check-limit', { facts: { retry_after_seconds: Math.ceil(waitMs / 1000) } });
}
