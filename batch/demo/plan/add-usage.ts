import type { DemoCompany } from './demo-company.ts';
import type { Draft } from './draft.ts';
import type { PlannedLine, PlannedSubscriber, PlannedUsage } from './world-plan.ts';

interface SpecialUsage {
  readonly company: DemoCompany;
  readonly subscriber: PlannedSubscriber;
  readonly at: number;
  readonly isRefused?: true;
  /** In place of the first price; it stays as it is. */
  readonly amountMinor?: number;
}

/** A use of the company's first service, at its first price unless said otherwise. */
export function addUsage(draft: Draft, special: SpecialUsage): PlannedUsage {
  const { company, subscriber, at, isRefused } = special;
  const [service] = company.services;
  const [goods] = service.goods;
  const { amountMinor = goods!.pricesMinor[0]! } = special;
  const usage: PlannedUsage = {
    at,
    company,
    service,
    subscriber,
    goods: goods!,
    amountMinor,
    consent: draft.consent(company, service, subscriber),
    via: 'single',
    ...(isRefused && { isRefused }),
    ...(special.amountMinor !== undefined && { isFixed: true }),
  };
  draft.usages.push(usage);
  if (!isRefused) spendOrFail(draft, subscriber.line, usage);
  return usage;
}

function spendOrFail(draft: Draft, line: PlannedLine, { at, amountMinor }: PlannedUsage): void {
  if (!draft.trySpend(line, at, amountMinor))
    throw new Error(`line ${line.lineId} has spent too much already`);
}
