import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { formatLocalTime } from '../shared/local-time.rules.ts';
import { Problem } from '../shared/problem.ts';
import { CONTACT_QUOTAS, quotaWindow, type QuotaScope } from './contact-quota.rules.ts';

/** A counter: of which subscriber, purchase or company. */
export interface QuotaKey {
  readonly scope: QuotaScope;
  readonly subject: string;
}

/**
 * Counts a message against every quota, in the transaction that stores it: what is refused or rolled back is not counted, and of
 * two at once the second waits for the first.
 * @throws Problem `contact-limit` with `scope`, `retry_after_seconds` and `retry_at`: the end of the window of the first full one.
 */
export async function takeContactQuota(tx: InTransaction<Deps>, keys: readonly QuotaKey[]): Promise<void> {
  for (const key of inLockOrder(keys)) {
    const { startsAt, endsAt } = quotaWindow(key.scope, tx.clock.now(), tx.config.timeZone);
    const used = await countOne(tx, key, startsAt);
    if (used > CONTACT_QUOTAS[key.scope].most) throw fullQuota(tx, key.scope, endsAt);
  }
}

/** The same order always: two messages at once cannot deadlock. */
function inLockOrder(keys: readonly QuotaKey[]): QuotaKey[] {
  return keys.toSorted((one, other) => one.scope.localeCompare(other.scope));
}

/** Inserts or increments the counter, which locks it, and reads it. */
async function countOne(
  tx: InTransaction<Deps>,
  { scope, subject }: QuotaKey,
  startsAt: Date,
): Promise<number> {
  const sql = sqlOf(tx.em);
  await sql
    .insertInto('contact_quota')
    .values({ scope, subject, startsAt, used: 1 })
    .onDuplicateKeyUpdate(({ eb }) => ({ used: eb('used', '+', 1) }))
    .execute();
  const { used } = await sql
    .selectFrom('contact_quota')
    .select('used')
    .where('scope', '=', scope)
    .where('subject', '=', subject)
    .where('startsAt', '=', startsAt)
    .executeTakeFirstOrThrow();
  return used;
}

function fullQuota({ clock, config }: Deps, scope: QuotaScope, endsAt: Date): Problem {
  const retryAfterSeconds = Math.ceil((endsAt.getTime() - clock.now().getTime()) / 1_000);
  const retryAt = formatLocalTime(endsAt, config.timeZone);
  return new Problem('contact-limit', {
    facts: { scope, retry_after_seconds: retryAfterSeconds, retry_at: retryAt },
  });
}
