import { createHash } from 'node:crypto';
import type { FormerTenure } from '../access/actor.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import type { Locale } from '../shared/money.ts';
import { isEntitled } from '../lines/entitlement.rules.ts';
import { findFormerTenure } from './former-tenure.rules.ts';

/** A subscriber with the facts that decide about signing in. */
export interface SignedInSubscriber {
  readonly id: number;
  readonly issuedId: string;
  readonly displayName: string;
  readonly lineId: string;
  readonly holderFrom: string;
  readonly passwordHash: string | null;
  readonly isHolder: boolean;
  readonly language: Locale | null;
  /** Somebody else knows the password: it has to be changed first. */
  readonly passwordTemporary: boolean;
  /** The ID is active, on an active line that is still held under the same tenure. */
  readonly isEntitled: boolean;
  /** The line has gone to another holder, and the person may still read what was theirs. Opens nothing else. */
  readonly former: FormerTenure | undefined;
}

const ASCII = /^\p{ASCII}*$/u;

/** The subscriber of an issued ID, written as stored. IDs are ASCII; the database refuses to compare others. */
export async function findByIssuedId(deps: Deps, issuedId: string): Promise<SignedInSubscriber | undefined> {
  if (!ASCII.test(issuedId)) return undefined;
  return findSubscriber(deps, { column: 'subscriber.issuedId', value: issuedId });
}

/** The subscriber of a row number, which a session stores. */
export function findById(deps: Deps, id: number): Promise<SignedInSubscriber | undefined> {
  return findSubscriber(deps, { column: 'subscriber.id', value: id });
}

/**
 * A fingerprint of the current password, from which it cannot be derived: a session ends when the password is
 * changed.
 */
export function credentialMark({ passwordHash }: Pick<SignedInSubscriber, 'passwordHash'>): string {
  return createHash('sha256')
    .update(passwordHash ?? '')
    .digest('base64url')
    .slice(0, 16);
}

type Key =
  | { readonly column: 'subscriber.issuedId'; readonly value: string }
  | { readonly column: 'subscriber.id'; readonly value: number };

async function findSubscriber(deps: Deps, key: Key): Promise<SignedInSubscriber | undefined> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .innerJoin('line', 'line.lineId', 'subscriber.lineId')
    .innerJoin('line_holder', (join) =>
      join
        .onRef('line_holder.lineId', '=', 'subscriber.lineId')
        .onRef('line_holder.validFrom', '=', 'subscriber.holderFrom'),
    )
    .select([
      'subscriber.id',
      'subscriber.issuedId',
      'subscriber.displayName',
      'subscriber.lineId',
      'subscriber.holderFrom',
      'subscriber.passwordHash',
      'subscriber.isHolder',
      'subscriber.language',
      'subscriber.passwordTemporary',
      'subscriber.state as subscriberState',
      'subscriber.leftAs',
      'line.status as lineStatus',
      'line_holder.validTo as holderTo',
    ])
    .where(key.column, '=', key.value)
    .executeTakeFirst();
  if (!row) return undefined;
  const { subscriberState, lineStatus, holderTo, leftAs, ...subscriber } = row;
  const facts = { subscriberState, lineStatus, holderFrom: row.holderFrom, holderTo, leftAs };
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const months = deps.config.formerHolderMonths;
  return {
    ...subscriber,
    isHolder: subscriber.isHolder !== null || leftAs === 'holder',
    isEntitled: isEntitled(facts, businessDate),
    former: findFormerTenure(facts, { businessDate, months }),
  };
}
