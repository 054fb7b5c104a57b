import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { invalidInput } from '../shared/check-input.ts';
import { MAX_AMOUNT_MINOR } from '../shared/money.ts';
import { recordSafeguard, type RecordedSafeguard } from './record-safeguard.ts';
import { assertInScope, setterOf, type OnBehalf } from './safeguard-scope.ts';

export interface SetOwnLimit extends OnBehalf {
  /** Whose purchases count; null: the line's. */
  readonly subscriberId: number | null;
  readonly kind: 'monthly-limit' | 'charge-limit';
  /** Most for a billing period or for one purchase, in minor units; null: none of one's own. */
  readonly limitMinor: bigint | null;
}

/**
 * Sets a limit of the line or of an issued ID, beside those of carrier, age and support centre: the lowest wins. A lower one
 * counts at once, a higher one or none from the next business date, and only the holder on the line may set that.
 * Somebody of the carrier sets it on the word that `reason` names.
 * @throws Problem `invalid-request`, `permission-denied`, `illegal-state`, `line-not-found`, `subscriber-not-found`, `rate-limit-exceeded`.
 */
export async function setOwnLimit(
  deps: Deps,
  actor: Actor,
  { subscriberId, kind, limitMinor, ...onBehalf }: SetOwnLimit,
): Promise<RecordedSafeguard> {
  authorize(actor, 'limits:restrict');
  assertAmount(limitMinor);
  return inTransaction(deps, async (tx) => {
    const person = await setterOf(tx, actor, onBehalf);
    await assertInScope(tx, person, subscriberId);
    const subject = { kind, subscriberId, companyId: null, serviceId: null };
    return recordSafeguard(tx, person, { subject, value: { limitMinor, inForce: limitMinor !== null } });
  });
}

function assertAmount(limitMinor: bigint | null): void {
  if (limitMinor === null || (limitMinor >= 0n && limitMinor <= MAX_AMOUNT_MINOR)) return;
  throw invalidInput([{ pointer: '/limitMinor', message: `must be 0 to ${MAX_AMOUNT_MINOR}` }]);
}
