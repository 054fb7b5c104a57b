import type { OverviewLimits, OverviewMonth } from '../limits/line-overview.queries.ts';
import type { FactView } from './kit/component.types.ts';
import type { ViewFrame } from './kit/define-page.ts';

type Words = Pick<ViewFrame, 't' | 'format'>;

/** Each limit of the tenure, and the one in force. */
export function limitFacts(limits: OverviewLimits, { t, format }: Words): FactView[] {
  const { carrierMinor, ageMinor, supportMinor, holderMinor, inForce } = limits;
  const amount = (minor: bigint | null) =>
    minor === null ? t('billing.line.no-limit') : format.money(minor);
  return [
    fact(t('billing.line.limit.carrier'), amount(carrierMinor)),
    fact(
      t('billing.line.limit.age'),
      ageMinor === null ? t('billing.line.limit.age-unknown') : amount(ageMinor),
    ),
    fact(t('billing.line.limit.support'), amount(supportMinor)),
    fact(t('billing.line.limit.holder'), amount(holderMinor)),
    { ...fact(t('billing.line.limit.in-force'), format.money(inForce.limitMinor)), isTotal: true },
  ];
}

const fact = (label: string, text: string): FactView => ({ label, text, isNumber: true });

/** What is used of the limit this month, and what is left. */
export function monthFacts(
  { period, closesOn, bookedMinor, heldMinor }: OverviewMonth,
  { inForce }: OverviewLimits,
  { t, format }: Words,
): { readonly lead: string; readonly facts: FactView[] } {
  const used = bookedMinor + heldMinor;
  const left = inForce.limitMinor > used ? inForce.limitMinor - used : 0n;
  const money = (label: string, minor: bigint): FactView => ({
    label,
    text: format.money(minor),
    isNumber: true,
  });
  return {
    lead: t('billing.line.month.lead', { month: format.month(period), date: format.date(closesOn) }),
    facts: [
      money(t('billing.line.month.booked'), bookedMinor),
      money(t('billing.line.month.held'), heldMinor),
      { ...money(t('billing.line.month.left'), left), isTotal: true },
    ],
  };
}
