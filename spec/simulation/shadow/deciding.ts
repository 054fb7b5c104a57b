import { cancelDebt } from './balances.ts';
import { dueOf, plusDays } from './calendar.ts';
import { bookShares } from './collecting.ts';
import { divideUncollected } from './dividing.ts';
import type { Shadow, ShadowCharge, ShadowInvoice, ShadowRefund } from './state.ts';

/** Days after an invoice was due in which what is not collected may still come. */
export const WAIT_DAYS = 60;

/** Refunds by bank: as much is paid as was collected of the charge; the rest is cancelled against the debt. */
export function decideBankRefunds(shadow: Shadow, businessDate: string): void {
  const waiting = [...shadow.refunds.values()].filter(({ bank }) => bank?.state === 'waiting');
  const less = new Set<ShadowInvoice>();
  for (const name of new Set(waiting.map(({ charge }) => charge))) {
    const charge = shadow.charges.get(name)!;
    const invoice = [...shadow.invoices.values()].find(({ parts }) =>
      parts.some((part) => part.charge === name && !part.isRefund),
    );
    const standing = invoice && shadow.standings.get(invoice.number);
    if (!standing || standing.state === 'billed' || standing.state === 'pending') continue;
    const lastDay = plusDays(dueOf(invoice.period, invoice.group), WAIT_DAYS);
    const isFinal = standing.state === 'collected' || businessDate >= lastDay;
    const share = divideUncollected(shadow, invoice, standing.uncollected).get(charge.company)!.get(name)!;
    const ofCharge = invoice.parts.filter((part) => part.charge === name);
    const collected = ofCharge.reduce((sum, { amount }) => sum + amount, 0) - share;
    if (decideOf(shadow, { name, charge, collected, isFinal })) less.add(invoice);
  }
  for (const invoice of less) bookShares(shadow, invoice);
}

interface Decided {
  readonly name: string;
  readonly charge: ShadowCharge;
  /** What was collected of the charge, after its refunds on the same invoice. */
  readonly collected: number;
  readonly isFinal: boolean;
}

/** In their order; returns whether any was cancelled, in whole or in part. */
function decideOf(shadow: Shadow, { name, charge, collected, isFinal }: Decided): boolean {
  let left = collected;
  let isLess = false;
  for (const refund of shadow.refunds.values()) {
    if (refund.charge !== name || isOnOwnInvoice(refund, charge)) continue;
    const { bank, amount } = refund;
    if (!bank) {
      left -= amount;
      continue;
    }
    if (bank.state === 'waiting') {
      const payable = Math.max(0, Math.min(left, amount));
      if (payable < amount && !isFinal) return isLess;
      Object.assign(bank, { state: payable > 0 ? 'payable' : 'cancelled', payable });
      cancelDebt(shadow, amount - payable);
      isLess ||= payable < amount;
    }
    left -= bank.payable;
  }
  return isLess;
}

const isOnOwnInvoice = ({ period, group }: ShadowRefund, { captured }: ShadowCharge): boolean =>
  period === captured!.period && group === captured!.group;
