import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { Problem } from '../shared/problem.ts';
import { announceChange } from './announce-change.ts';
import {
  isSetAlready,
  permitsMore,
  subjectKey,
  validFromOf,
  valueOn,
  type SafeguardSubject,
  type SafeguardValue,
} from './safeguard.rules.ts';
import type { Setter } from './safeguard-scope.ts';
import { listTenureRows } from './tenure-safeguards.queries.ts';

/**
 * Settings of one person on one business date; more are no person at a page. Bounds what each sale has to read. Each has a bound of
 * their own: nobody of the line can use up those with which its holder protects it.
 */
const MAX_CHANGES_A_DAY = { holder: 100, other: 20 } as const;

/** What became of a change. */
export interface RecordedSafeguard {
  /** First business date on which it counts. */
  readonly validFrom: string;
  /** It permits more than today, so it begins tomorrow. */
  readonly permitsMore: boolean;
  /** It was set already: nothing was recorded. */
  readonly isUnchanged: boolean;
}

/**
 * Records one setting. What permits more needs `limits:permit` and counts from the next business date, everything else at once.
 * Locks the line: a sale that is under way is decided by what was in force, each later one by this.
 * @throws Problem `permission-denied`, `illegal-state`, `rate-limit-exceeded`.
 */
export async function recordSafeguard(
  tx: InTransaction<Deps>,
  setter: Setter,
  { subject, value }: { readonly subject: SafeguardSubject; readonly value: SafeguardValue },
): Promise<RecordedSafeguard> {
  const { actor, lineId, holderFrom } = setter;
  await lockTenure(tx, setter);
  const setAt = tx.clock.now();
  const businessDate = businessDateOf(setAt, tx.config.timeZone);
  const rows = await listTenureRows(tx, setter);
  const change = { rows, subject, value, businessDate };
  const more = permitsMore(change);
  if (more) assertMayPermit(setter);
  const recorded = { validFrom: validFromOf(change), permitsMore: more };
  if (isSetAlready(change)) return { ...recorded, isUnchanged: true };
  assertNotTooMany(setter, rows, { businessDate, timeZone: tx.config.timeZone });
  const version = (rows.at(-1)?.version ?? 0) + 1;
  const setting = { ...subject, ...value, validFrom: recorded.validFrom };
  await sqlOf(tx.em)
    .insertInto('safeguard')
    .values({ lineId, holderFrom, version, ...setting, setAt, setBy: actorName(actor) })
    .execute();
  const facts = {
    subject: subjectKey(subject),
    limit: value.limitMinor === null ? null : String(value.limitMinor),
    inForce: value.inForce,
    validFrom: recorded.validFrom,
    ...setter.facts,
  };
  const about = `line:${lineId}`;
  await recordAudit(tx, { actor: actorName(actor), action: 'safeguard.set', subject: about, facts });
  await announceChange(tx, actor, {
    tenure: { lineId, holderFrom },
    subject,
    before: valueOn(rows, subject, businessDate),
    after: value,
    effectiveOn: recorded.validFrom,
    change: String(version),
  });
  return { ...recorded, isUnchanged: false };
}

/** Nobody but the holder permits more, by themselves or by the support centre. @throws Problem `permission-denied`, `illegal-state` */
function assertMayPermit({ actor, mayPermit }: Setter): void {
  authorize(actor, 'limits:permit');
  if (mayPermit) return;
  throw new Problem('illegal-state', {
    detail: 'What permits more takes the word of the holder.',
    facts: { reason: 'holder-decides' },
  });
}

/** Locks line and tenure in the order of sales, and marks the tenure as one whose safeguards are to be read. */
async function lockTenure(tx: InTransaction<Deps>, { lineId, holderFrom }: Setter): Promise<void> {
  const db = sqlOf(tx.em);
  await db.selectFrom('line').select('lineId').where('lineId', '=', lineId).forUpdate().execute();
  const tenure = await db
    .selectFrom('line_holder')
    .select('hasSafeguards')
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .forUpdate()
    .executeTakeFirst();
  if (!tenure) throw new Problem('line-not-found');
  await db
    .updateTable('line_holder')
    .set({ hasSafeguards: true })
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .execute();
}

interface Today {
  readonly businessDate: string;
  readonly timeZone: string;
}

function assertNotTooMany(
  { actor, isHolder }: Setter,
  rows: readonly { readonly setAt: Date; readonly setBy: string }[],
  { businessDate, timeZone }: Today,
): void {
  const own = rows.filter(({ setBy }) => setBy === actorName(actor));
  const today = own.filter(({ setAt }) => businessDateOf(setAt, timeZone) === businessDate);
  if (today.length < MAX_CHANGES_A_DAY[isHolder ? 'holder' : 'other']) return;
  throw new Problem('rate-limit-exceeded', { detail: 'These settings were changed too often today.' });
}
