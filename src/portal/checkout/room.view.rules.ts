import type { Sale } from '../../purchases/sale.ts';
import type { PurchasePreview } from '../../purchases/purchase-preview.rules.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import type { RoomView } from './step-view.types.ts';

/** What is left of the month before and after the purchase; nothing for a consent, which costs nothing yet. */
export function describeRoom(
  { kind, row }: Sale,
  { room, invoices }: PurchasePreview,
  { t, format }: Pick<ViewFrame, 't' | 'format'>,
): RoomView | undefined {
  if (!room) return undefined;
  const { limitMinor, remainingMinor, closesOn } = room;
  const facts = {
    limit: format.money(limitMinor),
    remaining: format.money(remainingMinor),
    date: format.date(closesOn),
  };
  // A subscription that is charged later than today counts in the month of its charge.
  const isOfThisMonth = kind === 'charge' || (kind === 'subscription' && invoices[0]?.closesOn === closesOn);
  if (!isOfThisMonth || remainingMinor < row.amountMinor) return { text: t('room.left', facts) };
  return { text: t('room.left-after', { ...facts, after: format.money(remainingMinor - row.amountMinor) }) };
}
