import { localDate } from './calendar.ts';
import { mayBuy, tenureOf } from './parties.ts';
import type { Shadow, ShadowCharge } from './state.ts';

/** Whether something is set aside for a charge that can still be captured. */
export function isOpen(shadow: Shadow, charge: ShadowCharge): boolean {
  if (charge.state !== 'authorized' || charge.lost) return false;
  const { to } = holdingOf(shadow, charge);
  return shadow.nowMs < charge.openUntilMs! && (to === null || shadow.today < to);
}

/** Whether the buyer loses the line before the authorization ends by its contract. */
export function endsWithLine(shadow: Shadow, charge: ShadowCharge): boolean {
  if (charge.lost || charge.ranOut) return charge.lost;
  const { to } = holdingOf(shadow, charge);
  return to !== null && to <= localDate(charge.openUntilMs! - 1, shadow.timeZone);
}

/** Before a change of lines: what has expired by then has expired for that reason. */
export function noteRunOut(shadow: Shadow): void {
  for (const charge of shadow.charges.values()) {
    if (charge.state === 'authorized' && !isOpen(shadow, charge) && !endsWithLine(shadow, charge))
      charge.ranOut = true;
  }
}

/** After somebody has lost a line, or an ID: their authorizations end permanently, even if the line returns. */
export function loseAuthorizations(shadow: Shadow): void {
  if (shadow.faults.keepsLost) return;
  for (const charge of shadow.charges.values()) {
    if (!isOpen(shadow, charge)) continue;
    if (!mayBuy(shadow, buyerOf(shadow, charge), shadow.today)) charge.lost = true;
  }
}

export const buyerOf = (shadow: Shadow, { subscriber }: ShadowCharge) => shadow.subscribers.get(subscriber!)!;

const holdingOf = (shadow: Shadow, charge: ShadowCharge) => tenureOf(shadow, buyerOf(shadow, charge));
