import type { EventBodies, Use } from '../history.ts';
import { DAY_MS, HOUR_MS, type Planner } from './planner.ts';

/** Uses of one company's consents; undefined without consents. Some are of days long past. */
export function planUses(
  planner: Planner,
  atMs: number,
  company: string | undefined = anyCompany(planner),
): EventBodies['use'] | undefined {
  const { random } = planner;
  const consents = planner.consents.filter((one) => one.company === company);
  if (company === undefined || consents.length === 0) return undefined;
  const count = random.pick([1, 1, 1, 2, 4]);
  const uses = Array.from({ length: count }, () => planUse(planner, atMs, random.pick(consents).consent));
  const wanted = planner.oneIn(4) ? planTogetherTooMuch(planner, uses) : uses;
  for (const { use: charge, amount, consent } of wanted) {
    const subscriber = consents.find((one) => one.consent === consent)?.subscriber;
    const line = planner.subscribers.find((one) => one.subscriber === subscriber)?.line;
    if (line !== undefined) planner.sales.push({ charge, company, amount, line, atMs });
  }
  return { company, uses: planKeys(planner, company, wanted) };
}

/** Gives some of the uses a key, and lets some that had one come again: in the same request, or long after. */
function planKeys(planner: Planner, company: string, uses: readonly Use[]): Use[] {
  const { random, keyedUses } = planner;
  const keyed = uses.map((use) => (planner.oneIn(3) ? { ...use, itemKey: `key-${use.use}` } : use));
  for (const use of keyed) if ('itemKey' in use) keyedUses.push({ ...use, company });
  const known = keyedUses.filter((use) => use.company === company).slice(-20);
  if (known.length === 0 || !planner.oneIn(4)) return keyed;
  const { company: _, ...again } = random.pick(known);
  return [...keyed, planner.oneIn(3) ? { ...again, amount: again.amount + 1 } : again];
}

/** The same subscriber time and again, until the month has no room: each counts what came before it in the request. */
function planTogetherTooMuch({ random }: Planner, uses: readonly Use[]): Use[] {
  const [{ consent } = { consent: '' }] = uses;
  return uses.map((use) => ({ ...use, consent, amount: random.pick([800, 1_000, 2_500, 5_000]) }));
}

function anyCompany({ random, consents }: Planner): string | undefined {
  return consents.length === 0 ? undefined : random.pick(consents).company;
}

function planUse(planner: Planner, atMs: number, own: string): Use {
  const { random } = planner;
  const agoMs = random.pick([0, 0, 0, 0, 0, HOUR_MS, random.below(3 * DAY_MS), random.below(120 * DAY_MS)]);
  const earliestMs = planner.startOf(planner.world.companies[0]!.contract.from);
  const wantedMs = Math.max(atMs - agoMs, earliestMs);
  // Edges of the day, and those of the clock, are where a date goes wrong.
  const edgeMs = planner.momentOf(planner.dateOf(wantedMs));
  const occurredMs = planner.oneIn(3) && edgeMs < atMs ? edgeMs : wantedMs;
  const consent = planner.oneIn(40) ? random.pick(planner.consents).consent : own;
  const taxCode = planner.taxCode(planner.dateOf(occurredMs));
  const occurredAt = agoMs === 0 ? {} : { occurredAt: new Date(occurredMs).toISOString() };
  return { use: planner.name('u'), consent, amount: planner.amount(), taxCode, ...occurredAt };
}
