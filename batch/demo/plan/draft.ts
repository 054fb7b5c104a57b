import type { DemoCompany, DemoService } from './demo-company.ts';
import { composePassword } from '../../../src/identity/password.rules.ts';
import { createRandom, type Random } from '../random.ts';
import type { DemoOptions } from '../options.ts';
import { HOUR_MS, MINUTE_MS, type DemoCalendar } from './demo-calendar.ts';
import type {
  PlannedCheckout,
  PlannedConsent,
  PlannedLine,
  PlannedMonthly,
  PlannedRefund,
  PlannedResults,
  PlannedSubscriber,
  PlannedSubscription,
  PlannedUsage,
} from './world-plan.ts';

/** What a line may spend in one period of the demo: below the carrier's usual 10,000, so that nothing is refused by chance. */
const LINE_BUDGET_MINOR = 9_500;

/** A world that is being planned: what has been decided so far, and what each line has spent by it. */
export class Draft {
  readonly usages: PlannedUsage[] = [];
  readonly refunds: PlannedRefund[] = [];
  readonly results: (PlannedResults & { readonly at: number })[] = [];
  readonly checkouts: PlannedCheckout[] = [];
  readonly subscriptions: PlannedSubscription[] = [];
  readonly subscribers = new Map<string, PlannedSubscriber>();
  readonly consents = new Map<string, PlannedConsent>();
  readonly monthlies: PlannedMonthly[] = [];

  readonly #spentMinor = new Map<string, number>();
  readonly options: DemoOptions;
  readonly calendar: DemoCalendar;
  readonly companies: readonly DemoCompany[];
  readonly lines: readonly PlannedLine[];

  constructor(world: Pick<Draft, 'options' | 'calendar' | 'companies' | 'lines'>) {
    this.options = world.options;
    this.calendar = world.calendar;
    this.companies = world.companies;
    this.lines = world.lines;
  }

  random(label: string): Random {
    return createRandom(this.options.seed, label);
  }

  chargeCount(): number {
    const captured = this.usages.filter((usage) => !usage.isRefused).length;
    return captured + this.checkouts.length + this.monthlies.length;
  }

  /** The subscriber of a line from the start of the world. Those with a password must be planned before any other use of the line. */
  subscriber(line: PlannedLine, withPassword = false): PlannedSubscriber {
    const known = this.subscribers.get(line.lineId);
    if (known) return known;
    const at = this.calendar.instant(this.calendar.firstDate, HOUR_MS);
    const displayName = givenName(line.holder.holder);
    return this.addSubscriber({ key: line.lineId, line, displayName, at }, withPassword);
  }

  addSubscriber(subscriber: PlannedSubscriber, withPassword: boolean): PlannedSubscriber {
    const { below } = this.random(`password:${subscriber.key}`);
    const planned = { ...subscriber, ...(withPassword && { password: composePassword(below) }) };
    this.subscribers.set(planned.key, planned);
    return planned;
  }

  /** The standing consent of a subscriber to a service, agreed to when the world begins unless said otherwise. */
  consent(
    company: DemoCompany,
    service: DemoService,
    subscriber: PlannedSubscriber,
    at?: number,
  ): PlannedConsent {
    const key = `${subscriber.key}|${company.code}|${service.code}`;
    const known = this.consents.get(key);
    if (known) return known;
    const start = this.calendar.instant(this.calendar.firstDate, 2 * HOUR_MS);
    const consent = { key, company, service, subscriber, at: at ?? start };
    this.consents.set(key, consent);
    return consent;
  }

  /** Takes an amount off what the line may still spend in the period of the instant; false when there is too little left. */
  trySpend(line: PlannedLine, at: number, amountMinor: number): boolean {
    const key = `${line.lineId}|${this.calendar.period(at, line.closingGroup)}`;
    const spentMinor = (this.#spentMinor.get(key) ?? 0) + amountMinor;
    if (spentMinor > LINE_BUDGET_MINOR) return false;
    this.#spentMinor.set(key, spentMinor);
    return true;
  }

  /** An instant of a day at which people are awake, before the late evening's requests of many. */
  daytime(date: string, random: Random): number {
    return this.calendar.instant(
      date,
      6 * HOUR_MS + random.below(16 * 60) * MINUTE_MS + random.below(60_000),
    );
  }
}

function givenName(holder: string): string {
  return holder.split(' ').at(-1) ?? holder;
}
