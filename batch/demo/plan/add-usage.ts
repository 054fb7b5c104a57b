import type { DemoCompany } from './demo-sellers.ts';
import type { Draft } from './draft.ts';
import type { PlannedLine, PlannedSubscriber, PlannedUsage } from './world-plan.ts';

interface SpecialUsage {
  readonly company: DemoCompany;
  readonly subscriber: PlannedSubscriber;
  readonly at: number;
  readonly isRefused?: true;
}

/** A use at the first price of the company's first service. */
export function addUsage(draft: Draft, { company, subscriber, at, isRefused }: SpecialUsage): PlannedUsage {
  const [service] = company.services;
  const [goods] = service.goods;
  const amountMinor = goods!.pricesMinor[0]!;
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
  };
  draft.usages.push(usage);
  if (!isRefused) spendOrFail(draft, subscriber.line, usage);
  return usage;
}

function spendOrFail(draft: Draft, line: PlannedLine, { at, amountMinor }: PlannedUsage): void {
  if (!draft.trySpend(line, at, amountMinor))
    throw new Error(`line ${line.lineId} has spent too much already`);
}
