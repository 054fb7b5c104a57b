import type { Shadow, ShadowInvoice } from './state.ts';

const sum = (some: readonly { readonly amount: number }[]): number =>
  some.reduce((all, { amount }) => all + amount, 0);
/** Companies are numbered in the order in which the service has them. */
const idOf = (company: string): string => company.slice(1).padStart(6, '0');

/** Divides by weight: whole yen, the largest remainders get what is left, of equal ones the smaller id. */
function divide(
  amount: number,
  weights: readonly { readonly id: string; readonly weight: number }[],
): Map<string, number> {
  const heavy = weights.filter(({ weight }) => weight > 0);
  const sum = heavy.reduce((all, { weight }) => all + weight, 0);
  const shares = new Map(weights.map(({ id }) => [id, 0]));
  if (amount === 0) return shares;
  let left = amount;
  const parts = heavy.map(({ id, weight }) => {
    const share = Math.floor((amount * weight) / sum);
    left -= share;
    return { id, share, remainder: (amount * weight) % sum };
  });
  parts.sort((a, b) => b.remainder - a.remainder || (a.id < b.id ? -1 : 1));
  for (const { id, share } of parts) {
    shares.set(id, share + (left > 0 ? 1 : 0));
    left -= left > 0 ? 1 : 0;
  }
  return shares;
}

/** What of an uncollected amount falls on each charge of each company of an invoice. */
export function divideUncollected(
  shadow: Shadow,
  { parts }: ShadowInvoice,
  uncollected: number,
): Map<string, Map<string, number>> {
  const byCompany = Map.groupBy(parts, ({ company }) => company);
  const nets = [...byCompany].map(([company, own]) => ({ id: idOf(company), weight: sum(own) }));
  const shares = divide(uncollected, nets);
  return new Map(
    [...byCompany].map(([company, own]) => {
      const charges = own.filter(({ isRefund }) => !isRefund);
      const weights = charges.map(({ charge }) => ({
        id: `${shadow.ids.get(charge)} ${charge}`,
        weight: sum(own.filter((part) => part.charge === charge)),
      }));
      const ofCharges =
        charges.length === 0 ? new Map<string, number>() : divide(shares.get(idOf(company))!, weights);
      return [company, new Map([...ofCharges].map(([id, share]) => [id.slice(id.indexOf(' ') + 1), share]))];
    }),
  );
}
