import type { Captured, Shadow, ShadowCharge, ShadowSettlement } from './state.ts';

/** What the carrier owes a company. */
export const payable = (company: string): string => `company-payable:${company}`;

/** Transitions an amount from the credited account to the debited one. */
function move(shadow: Shadow, amount: number, [debit, credit]: readonly [string, string]): void {
  if (amount === 0) return;
  shadow.balances.set(debit, (shadow.balances.get(debit) ?? 0) - amount);
  shadow.balances.set(credit, (shadow.balances.get(credit) ?? 0) + amount);
}

/** An amount is set aside for a charge, or no longer. */
export function hold(shadow: Shadow, amount: number): void {
  move(shadow, amount, ['authorization-held', 'authorization-owed']);
}

/** A charge is sold: what was set aside for it is free again, the line owes, the company has it to get. */
export function sell(shadow: Shadow, charge: ShadowCharge, captured: Captured): void {
  if (charge.state === 'authorized') hold(shadow, -charge.amount);
  charge.state = 'captured';
  charge.captured = captured;
  charge.openUntilMs = null;
  charge.reservedPeriod = captured.period;
  move(shadow, captured.amount, ['subscriber-receivable', payable(charge.company)]);
}

/** A month of a company is settled. */
export function settleUp(shadow: Shadow, { company, fee, tax, payout }: ShadowSettlement): void {
  move(shadow, fee, [payable(company), 'fee-revenue']);
  move(shadow, tax, [payable(company), 'tax-payable']);
  move(shadow, payout, [payable(company), 'payout-clearing']);
}
