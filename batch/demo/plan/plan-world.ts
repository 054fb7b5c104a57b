import { UsageError } from '../../cli/usage-error.ts';
import type { DemoOptions } from '../options.ts';
import { createRandom } from '../random.ts';
import { balanceAverages } from './balance-averages.ts';
import { createCalendar } from './demo-calendar.ts';
import { Draft } from './draft.ts';
import { listEvents } from './list-events.ts';
import { planAccounts } from './plan-accounts.ts';
import { planCheckouts } from './plan-checkouts.ts';
import { planCompanies } from './plan-companies.ts';
import { isMover, planLines } from './plan-lines.ts';
import { planOrdinarySales } from './plan-ordinary-sales.ts';
import { planSubscriptions } from './plan-subscriptions.ts';
import { planSpecialCases } from './special-cases.ts';
import type { WorldPlan } from './world-plan.ts';

/** Buyers who go through the checkout page; each has a password, which takes time to hash. */
const MAX_BUYERS = 20;

/**
 * Plans a whole world before anything of it happens: the same options give the same plan, and every outcome
 * is known. The awkward cases come first, so that even the smallest world has them.
 * @throws UsageError when the lines may not spend what so many charges come to.
 */
export function planWorld(options: DemoOptions, timeZone: string): WorldPlan {
  const calendar = createCalendar(options.month, timeZone);
  const companies = planCompanies(options.companies, createRandom(options.seed, 'companies'));
  const lines = planLines({ count: options.lines, calendar, random: createRandom(options.seed, 'lines') });
  const draft = new Draft({ options, calendar, companies, lines });
  const buyers = lines
    .filter((line) => !isMover(line))
    .slice(2, 2 + MAX_BUYERS)
    .map((line) => draft.subscriber(line, true));
  planSubscriptions(draft, buyers);
  planSpecialCases(draft);
  const reserved = companies
    .filter(({ weight }) => weight > 0)
    .reduce((sum, c) => sum + (c.leastLines ?? 1), 0);
  planCheckouts(draft, buyers, options.charges - draft.chargeCount() - reserved);
  const left = planOrdinarySales(draft);
  if (left > 0) {
    throw new UsageError(
      `--charges ${options.charges} are too many for ${options.lines} lines: each may spend 10,000 yen a month; ${options.charges - left} would fit`,
    );
  }
  balanceAverages(draft);
  return {
    companies,
    accounts: planAccounts(options.seed, companies[0]!),
    lines,
    subscribers: [...draft.subscribers.values()],
    consents: [...draft.consents.values()],
    events: listEvents(draft),
    endDate: calendar.endDate,
    chargeCount: draft.chargeCount(),
  };
}
