import type { Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { findHolderMailbox, tenureText, type TenureKey } from './holder-mailbox.ts';
import type { SafeguardSubject, SafeguardValue } from './safeguard.rules.ts';

/** A setting that was changed, of a tenure. */
export interface ChangedSetting {
  readonly tenure: TenureKey;
  readonly subject: SafeguardSubject;
  readonly before: SafeguardValue;
  readonly after: SafeguardValue;
  readonly effectiveOn: string;
  /** Names the change among all of the tenure. */
  readonly change: string;
}

/** Queues the security notice that a limit or a block was changed, to the holder of the line, also when the holder did it. */
export async function announceChange(
  tx: InTransaction<Deps>,
  actor: Actor,
  { tenure, subject, before, after, effectiveOn, change }: ChangedSetting,
): Promise<void> {
  const mailbox = await findHolderMailbox(tx, tenure);
  if (!mailbox) return;
  await queueMail(tx, {
    kind: 'limit-changed',
    ...mailbox,
    dedupeKey: `limit-changed:${tenureText(tenure)}:${change}`,
    facts: {
      what: whatOf(subject, after),
      who: await findName(tx, subject),
      beforeMinor: before.limitMinor,
      afterMinor: after.limitMinor,
      target: await findTarget(tx, subject),
      effectiveOn,
      changedAt: tx.clock.now(),
      changedBy: changedBy(actor),
      url: `${tx.config.publicOrigin}/my/limits`,
    },
  });
}

interface SupportLimit {
  readonly tenure: TenureKey;
  readonly subscriberId: number | null;
  readonly beforeMinor: bigint | null;
  readonly afterMinor: bigint | null;
}

/** The same for a limit that the support centre set, beside the holder's own. */
export async function announceSupportLimit(
  tx: InTransaction<Deps>,
  actor: Actor,
  { tenure, subscriberId, beforeMinor, afterMinor }: SupportLimit,
): Promise<void> {
  if (beforeMinor === afterMinor) return;
  const subject = { kind: 'monthly-limit', subscriberId, companyId: null, serviceId: null } as const;
  await announceChange(tx, actor, {
    tenure,
    subject,
    before: { limitMinor: beforeMinor, inForce: beforeMinor !== null },
    after: { limitMinor: afterMinor, inForce: afterMinor !== null },
    effectiveOn: businessDateOf(tx.clock.now(), tx.config.timeZone),
    change: tx.ids.next(),
  });
}

/** Who acted, in the words of mails. */
export function changedBy(actor: Actor): 'holder' | 'subscriber' | 'support' {
  if (actor.kind === 'subscriber') return actor.isHolder ? 'holder' : 'subscriber';
  return 'support';
}

function whatOf({ kind }: SafeguardSubject, { inForce }: SafeguardValue) {
  switch (kind) {
    case 'monthly-limit':
      return 'monthly-limit';
    case 'charge-limit':
      return 'per-charge-limit';
    case 'block':
      return inForce ? 'blocked' : 'unblocked';
    case 'allow':
    case 'only-listed':
      return 'allowed-list';
    default:
      return kind satisfies never;
  }
}

async function findName(deps: Deps, { subscriberId }: SafeguardSubject): Promise<string | null> {
  if (subscriberId === null) return null;
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select('displayName')
    .where('id', '=', subscriberId)
    .executeTakeFirstOrThrow();
  return row.displayName;
}

/** The company, or its service, in both languages. */
async function findTarget(deps: Deps, { companyId, serviceId }: SafeguardSubject) {
  if (companyId === null) return null;
  const db = sqlOf(emOf(deps));
  const row =
    serviceId === null
      ? await db
          .selectFrom('company')
          .select(['name', 'nameEn'])
          .where('id', '=', companyId)
          .executeTakeFirstOrThrow()
      : await db
          .selectFrom('service')
          .select(['name', 'nameEn'])
          .where('id', '=', serviceId)
          .executeTakeFirstOrThrow();
  return { ja: row.name, en: row.nameEn };
}
