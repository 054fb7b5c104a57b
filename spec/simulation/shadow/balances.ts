import type { Captured, Shadow, ShadowCharge, ShadowSettlement } from './state.ts';

/** The carrier's liability to a company. */
export const payable = (company: string): string => `company-payable:${company}`;

/** Moves an amount from the credited account to the debited one. */
function move(shadow: Shadow, amount: number, [debit, credit]: readonly [string, string]): void {
  if (amount === 0) return;
  shadow.balances.set(debit, (shadow.balances.get(debit) ?? 0) - amount);
  shadow.balances.set(credit, (shadow.balances.get(credit) ?? 0) + amount);
}

/** Reserves an amount for a charge; a negative one releases it. */
export function hold(shadow: Shadow, amount: number): void {
  move(shadow, amount, ['authorization-held', 'authorization-owed']);
}

/** Sells a charge: releases its reservation and posts it to the line and the company. */
export function sell(shadow: Shadow, charge: ShadowCharge, captured: Captured): void {
  if (charge.state === 'authorized') hold(shadow, -charge.amount);
  charge.state = 'captured';
  charge.captured = captured;
  charge.openUntilMs = null;
  charge.reservedPeriod = captured.period;
  move(shadow, captured.amount, ['subscriber-receivable', payable(charge.company)]);
}

/** Gives back: the company gets less, and the line owes less, or the carrier owes a former holder. */
export function giveBack(shadow: Shadow, amount: number, back: { company: string; byBank: boolean }): void {
  move(shadow, amount, [payable(back.company), back.byBank ? 'refund-payable' : 'subscriber-receivable']);
}

/** The invoices of lines are collected, or known not to be, by so much more; less is a negative amount. */
export function collectDifference(shadow: Shadow, by: { collected: number; uncollected: number }): void {
  move(shadow, by.collected, ['cash', 'subscriber-receivable']);
  move(shadow, by.uncollected, ['uncollected-receivable', 'subscriber-receivable']);
}

/** What is uncollected is borne by a company, or by the carrier. */
export function shareLoss(shadow: Shadow, amount: number, company: string | undefined): void {
  move(shadow, amount, [company === undefined ? 'credit-loss' : payable(company), 'uncollected-receivable']);
}

/** What is not paid back because it was never collected. */
export function cancelDebt(shadow: Shadow, amount: number): void {
  move(shadow, amount, ['refund-payable', 'uncollected-receivable']);
}

/** The bank is ordered to pay; a negative amount came back. */
export function payOut(shadow: Shadow, amount: number): void {
  move(shadow, amount, ['payout-clearing', 'bank']);
}

/** A month of a company is settled. */
export function settleUp(shadow: Shadow, settlement: ShadowSettlement): void {
  const { company, fee, tax, payout } = settlement;
  move(shadow, fee, [payable(company), 'fee-revenue']);
  move(shadow, tax, [payable(company), 'tax-payable']);
  move(shadow, settlement.setUp, [payable(company), 'fee-revenue']);
  move(shadow, settlement.setUpTax, [payable(company), 'tax-payable']);
  move(shadow, settlement.transferFee, [payable(company), 'transfer-fee-revenue']);
  move(shadow, payout, [payable(company), 'payout-clearing']);
}
