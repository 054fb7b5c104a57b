import type { EventBodies, Order } from '../history.ts';
import { cancelCharge, captureCharge, createCharge } from './charges.ts';
import { useConsents } from './consents.ts';
import { refundCharge } from './refunds.ts';
import { isRefused, NOTHING, refused } from './outcome.ts';
import type { Shadow } from './state.ts';

/** A request takes effect once under its key. Sent again it has the same answer; another under that key has none. */
export function send(shadow: Shadow, { key, order }: EventBodies['send']): string {
  if (isUnknown(shadow, order)) return NOTHING;
  // The key of a suspended company is refused.
  if (shadow.companies.get(order.body.company)!.state !== 'active') return refused('company-suspended');
  const name = `${order.body.company}|${key}`;
  const text = JSON.stringify(order);
  const known = shadow.answers.get(name);
  if (known) return known.order === text ? givenAgain(known.answer) : refused('idempotency-key-reused');
  const answer = fulfil(shadow, order);
  shadow.answers.set(name, { order: text, answer, atMs: shadow.nowMs });
  return answer;
}

/** An object without a name cannot be requested. */
function isUnknown({ charges, consents }: Shadow, { kind, body }: Order): boolean {
  if (kind === 'use') return body.uses.some(({ consent }) => !consents.has(consent));
  return kind !== 'create-charge' && !charges.has(body.charge);
}

function fulfil(shadow: Shadow, { kind, body }: Order): string {
  switch (kind) {
    case 'create-charge':
      return createCharge(shadow, body);
    case 'capture-charge':
      return captureCharge(shadow, body);
    case 'cancel-charge':
      return cancelCharge(shadow, body);
    case 'refund-charge':
      return refundCharge(shadow, body);
    default:
      return useConsents(shadow, body);
  }
}

/** As it was the first time; of a charge, its state then. */
export function givenAgain(answer: string): string {
  const parts = answer.split('; ').map((part) => (isRefused(part) ? part : part.split(' ')[0]));
  return `again: ${parts.join('; ')}`;
}
