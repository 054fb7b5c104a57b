import type { Actor, SubscriberActor } from '../access/actor.ts';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { authorize } from '../access/authorize.ts';
import { can } from '../access/can.rules.ts';
import type { Permission } from '../access/permissions.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { validOn } from '../database/date-range.sql.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { invalidInput } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import type { TenureKey } from './holder-mailbox.ts';

/** An actor with an issued ID who has a permission. @throws Problem `permission-denied`. */
export function authorizeSubscriber(actor: Actor, permission: Permission): SubscriberActor {
  authorize(actor, permission);
  if (actor.kind === 'subscriber') return actor;
  throw new Problem('permission-denied', { detail: 'Only a subscriber has a line.' });
}

/** For whom somebody of the carrier sets: the tenure, on whose word, and why. Subscribers set for their own line. */
export interface OnBehalf {
  readonly tenure?: TenureKey | undefined;
  readonly reason?: ActReason | undefined;
}

/** Who sets something for a tenure. */
export interface Setter extends TenureKey {
  readonly actor: Actor;
  /** Decides for the whole line. */
  readonly isHolder: boolean;
  /** Null for the carrier's people. */
  readonly subscriberId: number | null;
  /** Permits more than today: the holder, or on the holder's word. */
  readonly mayPermit: boolean;
  /** Facts of the audit row. */
  readonly facts: Partial<ActReason>;
}

/**
 * Who sets something: a subscriber for the own line, somebody of the carrier for the tenure that is named, with who asked for it.
 * @throws Problem `permission-denied`, `invalid-request`, `line-not-found` for a tenure that is over
 */
export async function setterOf(deps: Deps, by: Actor, { tenure, reason }: OnBehalf = {}): Promise<Setter> {
  if (by.kind !== 'staff') {
    const { lineId, holderFrom, isHolder, subscriberId } = authorizeSubscriber(by, 'limits:restrict');
    const mayPermit = can(by, 'limits:permit');
    return { actor: by, lineId, holderFrom, isHolder, subscriberId, mayPermit, facts: {} };
  }
  authorize(by, 'limits:restrict');
  if (!tenure || !reason)
    throw invalidInput([{ pointer: '/reason', message: 'must say who asked, and why' }]);
  const facts = reasonFacts(reason);
  await assertCurrent(deps, tenure);
  const mayPermit = reason.askedBy === 'holder' && can(by, 'limits:permit');
  return { actor: by, ...tenure, isHolder: true, subscriberId: null, mayPermit, facts };
}

async function assertCurrent(deps: Deps, { lineId, holderFrom }: TenureKey): Promise<void> {
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_holder')
    .select('lineId')
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .where(validOn('line_holder', businessDate))
    .executeTakeFirst();
  if (!row) throw new Problem('line-not-found');
}

/**
 * Checks that a setting is about what the actor may set: the holder the line and each issued ID that is active on it, the
 * others their own ID. @throws Problem `permission-denied` for the line, `subscriber-not-found` for anybody else's ID.
 */
export async function assertInScope(
  deps: Deps,
  actor: Pick<Setter, 'lineId' | 'holderFrom' | 'isHolder' | 'subscriberId'>,
  subscriberId: number | null,
): Promise<void> {
  if (subscriberId === null) {
    if (actor.isHolder) return;
    throw new Problem('permission-denied', { detail: 'Only the holder decides for the whole line.' });
  }
  if (!actor.isHolder && subscriberId !== actor.subscriberId) throw new Problem('subscriber-not-found');
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select('id')
    .where('id', '=', subscriberId)
    .where('lineId', '=', actor.lineId)
    .where('holderFrom', '=', actor.holderFrom)
    .where('state', '=', 'active')
    .executeTakeFirst();
  if (!row) throw new Problem('subscriber-not-found');
}
