import { authorizeCharge } from '../../../src/charges/authorize-charge.ts';
import { cancelCharge, declineCharge } from '../../../src/charges/cancel-charge.ts';
import { captureCharge } from '../../../src/charges/capture-charge.ts';
import { createCharge } from '../../../src/charges/create-charge.ts';
import type { EventBodies, SimEvent } from '../history.ts';
import { planAcrossClose } from '../plan/plan-holds.ts';
import { planRequest } from '../plan/plan-request.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Planner } from '../plan/planner.ts';
import { chargeWords } from '../service/charge-words.ts';
import { SITE } from '../service/create-service.ts';
import * as shadow from '../shadow/charges.ts';
import { NOTHING } from '../shadow/outcome.ts';
import type { EventKinds } from './event-kind.ts';
import { keyOf, signedIn, visitorOf } from '../../support/actors.ts';

type ChargeKinds =
  | 'create-charge'
  | 'authorize-charge'
  | 'capture-charge'
  | 'cancel-charge'
  | 'decline-charge';

export const chargeKinds: Pick<EventKinds, ChargeKinds> = {
  'create-charge': {
    weight: 30,
    plan: planPurchase,
    foresee: shadow.createCharge,
    async perform({ deps, names }, { charge, company, service, amount, taxCode, automatic }) {
      const created = await createCharge(deps, keyOf(names.companies.idOf(company)!), {
        serviceCode: service,
        amountMinor: BigInt(amount),
        taxCode,
        description: charge,
        returnUrl: `${SITE}/done`,
        automaticCapture: automatic,
      });
      names.charges.set(charge, created.id);
      return chargeWords(created);
    },
  },
  'authorize-charge': {
    foresee: shadow.authorizeCharge,
    async perform({ deps, names }, { charge, subscriber }) {
      const [chargeId, buyer] = [names.charges.idOf(charge), names.buyers.get(subscriber)];
      return chargeId && buyer
        ? chargeWords(await authorizeCharge(deps, signedIn(buyer), { chargeId }))
        : NOTHING;
    },
  },
  'capture-charge': {
    foresee: shadow.captureCharge,
    async perform({ deps, names }, { charge, company, amount }) {
      const chargeId = names.charges.idOf(charge);
      const companyId = names.companies.idOf(company)!;
      const amountMinor = amount === undefined ? undefined : BigInt(amount);
      return chargeId
        ? chargeWords(await captureCharge(deps, keyOf(companyId), { chargeId, amountMinor }))
        : NOTHING;
    },
  },
  'cancel-charge': {
    foresee: shadow.cancelCharge,
    async perform({ deps, names }, { charge, company }) {
      const chargeId = names.charges.idOf(charge);
      const companyId = names.companies.idOf(company)!;
      return chargeId ? chargeWords(await cancelCharge(deps, keyOf(companyId), { chargeId })) : NOTHING;
    },
  },
  'decline-charge': {
    foresee: shadow.declineCharge,
    async perform({ deps, names }, { charge }) {
      const chargeId = names.charges.idOf(charge);
      return chargeId ? chargeWords(await declineCharge(deps, visitorOf(chargeId), { chargeId })) : NOTHING;
    },
  },
};

/** A purchase with its end: confirmed, declined, withdrawn or abandoned. */
function planPurchase(planner: Planner, atMs: number): void {
  const { random } = planner;
  if (planner.oneIn(15)) return planAcrossClose(planner, atMs);
  const { subscriber, line } = random.pick(planner.subscribers);
  const charge = planner.name('ch');
  const sale = {
    ...planner.seller(),
    amount: planner.amount(),
    taxCode: planner.taxCode(planner.dateOf(atMs)),
  };
  const automatic = planner.oneIn(3);
  const withdrawn = { charge, company: sale.company };
  planRequest(planner, atMs, { kind: 'create-charge', body: { charge, ...sale, automatic } });
  const decidedMs = atMs + random.pick([1, 4 * MINUTE_MS, 30 * MINUTE_MS - 1, random.below(30 * MINUTE_MS)]);
  const choice = random.below(20);
  if (choice === 0) planner.add(atMs + 30 * MINUTE_MS, 'authorize-charge', { charge, subscriber });
  else if (choice === 1) planner.add(decidedMs, 'decline-charge', { charge });
  else if (choice === 2) planRequest(planner, decidedMs, { kind: 'cancel-charge', body: withdrawn });
  else if (choice === 3) planRequest(planner, atMs + 2 * HOUR_MS, { kind: 'cancel-charge', body: withdrawn });
  else if (choice > 4) {
    planConfirmation(planner, decidedMs, { charge, subscriber, line });
    planner.sales.push({ charge, company: sale.company, amount: sale.amount, line, atMs: decidedMs });
    if (!automatic || planner.oneIn(12)) planEnding(planner, decidedMs, { charge, ...sale });
  }
}

type Confirmation = EventBodies['authorize-charge'] & { readonly line: string };

/** The one confirmation, at times twice, or by two people at the same time. */
function planConfirmation(planner: Planner, atMs: number, { charge, subscriber, line }: Confirmation): void {
  const confirm = (by: string): SimEvent => ({
    at: new Date(atMs).toISOString(),
    kind: 'authorize-charge',
    body: { charge, subscriber: by },
  });
  if (planner.oneIn(8)) {
    const others = planner.subscribers.filter((one) => one.line === line);
    const other = planner.random.pick(others).subscriber;
    planner.add(atMs, 'at-once', { events: [confirm(subscriber), confirm(other)] });
    return;
  }
  planner.add(atMs, 'authorize-charge', { charge, subscriber });
  if (planner.oneIn(10)) planner.add(atMs + 2 * MINUTE_MS, 'authorize-charge', { charge, subscriber });
}

/** What the company does with an authorization: captures it whole or in part, twice, too late; cancels; forgets. */
function planEnding(
  planner: Planner,
  atMs: number,
  { charge, company, amount }: { charge: string; company: string; amount: number },
): void {
  const { random } = planner;
  const soonMs = random.pick([MINUTE_MS, MINUTE_MS, HOUR_MS, random.below(DAY_MS)]);
  const openMs = planner.contracts.get(company)!.authorizationDays * DAY_MS;
  const lastMs = [openMs - 1, openMs];
  // A day of the contract is 24 hours, also where the clocks are changed in between.
  const isOverJump = planner.jumpAfter(atMs) < atMs + openMs;
  const endMs =
    atMs + random.pick(isOverJump ? lastMs : [soonMs, soonMs, random.below(9 * DAY_MS), ...lastMs]);
  const part = random.pick([undefined, undefined, 1, random.between(1, amount), amount, amount + 1]);
  const capture = { charge, company, ...(part === undefined ? {} : { amount: part }) };
  const choice = random.below(20);
  if (choice < 3) return planRequest(planner, endMs, { kind: 'cancel-charge', body: { charge, company } });
  if (choice < 5) return;
  if (choice === 5) {
    const another = random.pick(planner.world.companies).company;
    return planRequest(planner, endMs, { kind: 'capture-charge', body: { charge, company: another } });
  }
  if (choice < 9) {
    const at = new Date(endMs).toISOString();
    const first: SimEvent = { at, kind: 'capture-charge', body: capture };
    const cancels = planner.oneIn(2);
    const second: SimEvent = cancels ? { at, kind: 'cancel-charge', body: { charge, company } } : first;
    return planner.add(endMs, 'at-once', { events: [first, second] });
  }
  planRequest(planner, endMs, { kind: 'capture-charge', body: capture });
  if (planner.oneIn(10)) planner.add(endMs + HOUR_MS, 'capture-charge', capture);
}
