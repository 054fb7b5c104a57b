import type { WorldPlan } from '../plan/world-plan.ts';
import { localDate } from './calendar.ts';
import type { Faults, Shadow, ShadowCompany, ShadowConsent, ShadowLine, ShadowSubscriber } from './state.ts';

/** With which every company begins. */
export const FIRST_ACCOUNT = { number: '1234567', maker: null } as const;

/** The shadow of a world before anything has happened in it. */
export function foundShadow(world: WorldPlan, faults: Faults = {}): Shadow {
  const lines = new Map(world.lines.map((plan) => [plan.line, lineOf(plan)]));
  const subscribers = new Map(
    world.subscribers.map(({ subscriber, line }): [string, ShadowSubscriber] => {
      const holderFrom = lines.get(line)!.tenures[0]!.from;
      return [subscriber, { line, holderFrom, endedOn: null, limit: null }];
    }),
  );
  return {
    timeZone: world.timeZone,
    currency: world.currency,
    taxRises: world.taxRises,
    faults,
    nowMs: 0,
    today: world.startsOn,
    companies: new Map(world.companies.map((plan) => [plan.company, companyOf(plan)])),
    tariffs: [],
    lines,
    subscribers,
    charges: new Map(),
    refunds: new Map(),
    proposals: new Map(),
    invoices: new Map(),
    results: new Map(),
    standings: new Map(),
    shares: new Map(),
    steps: [],
    cuts: new Set(),
    resultsInbox: [],
    ids: new Map(),
    consents: new Map(world.consents.map((plan) => [plan.consent, consentOf(plan)])),
    itemKeys: new Map(),
    subscriptions: new Map(),
    months: new Map(),
    monthOwners: new Map(),
    periods: new Map(),
    settlements: [],
    accounts: new Map(world.companies.map(({ company }) => [company, [FIRST_ACCOUNT]])),
    accountProposals: new Map(),
    payoutRuns: [],
    payouts: [],
    lastResults: [],
    balances: new Map(),
    nights: new Set(),
    answers: new Map(),
    inbox: [],
  };
}

/** Advances the time. */
export function moveTo(shadow: Shadow, at: string): void {
  shadow.nowMs = Date.parse(at);
  shadow.today = localDate(shadow.nowMs, shadow.timeZone);
}

function companyOf({ services, registered, contract }: WorldPlan['companies'][number]): ShadowCompany {
  return { state: 'active', services, registered, contracts: [{ ...contract }] };
}

function lineOf({ line, group, holderFrom, birthDate }: WorldPlan['lines'][number]): ShadowLine {
  const tenure = { from: holderFrom, to: null, holder: `${line} first`, birthDate };
  return { group, status: 'active', limit: null, tenures: [tenure], begun: new Map() };
}

function consentOf({ company, service, subscriber }: WorldPlan['consents'][number]): ShadowConsent {
  const page = { page: 'confirmed', pageUntilMs: 0, subscriber } as const;
  return { ...page, company, service, max: null, state: 'active' };
}
