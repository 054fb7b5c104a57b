import type { Chosen, EventBodies } from '../history.ts';
import { PROPOSAL_MS } from './accounts.ts';
import { payOut } from './balances.ts';
import { refused } from './outcome.ts';
import { firstDayFrom } from './payouts.ts';
import type { Shadow, ShadowPayout, ShadowPayoutRun } from './state.ts';

/** Some of a list in its order. */
export function choose<T>(list: readonly T[], { which }: Chosen): readonly T[] {
  if (which === 'all') return list;
  return which === 'first' ? list.slice(0, 1) : list.slice(-1);
}

type Steps = Generator<void, string>;

/** Each of some runs, which are looked up first: meanwhile another may have changed them. */
function* forEach(shadow: Shadow, numbers: readonly string[], act: (run: ShadowPayoutRun) => string): Steps {
  const words: string[] = [];
  for (const number of numbers) {
    yield;
    words.push(`${act(shadow.payoutRuns.find((one) => one.number === number)!)} on ${number}`);
  }
  return words.join('; ') || 'no such run';
}

const listRuns = (shadow: Shadow, ...states: readonly ShadowPayoutRun['state'][]): string[] =>
  shadow.payoutRuns
    .filter(({ state }) => states.includes(state))
    .map(({ number }) => number)
    .sort();

const payoutsOf = (shadow: Shadow, { number }: ShadowPayoutRun): ShadowPayout[] =>
  shadow.payouts.filter(({ run }) => run === number);

/** Whether its settlement is held now, and which account its company has. */
const groundOf = (shadow: Shadow, { company, period }: ShadowPayout): string => {
  const settlement = shadow.settlements.find((one) => one.company === company && one.period === period)!;
  const isHeld = settlement.held && shadow.faults.paysHeld !== true;
  return `${isHeld ? 'held' : 'free'} ${shadow.accounts.get(company)!.length}`;
};

/** Why a run cannot be sent: something has changed since it was prepared, or the bank takes no order for its day any more. */
function findFault(shadow: Shadow, run: ShadowPayoutRun): string | undefined {
  const isSame = payoutsOf(shadow, run).every((one) => groundOf(shadow, one) === `free ${one.version}`);
  if (!isSame) return refused('payout-run-stale');
  return run.payOn < firstDayFrom(shadow.today) ? refused('payout-window-passed') : undefined;
}

const allGround = (shadow: Shadow, run: ShadowPayoutRun): string =>
  [run.state, ...payoutsOf(shadow, run).map((one) => groundOf(shadow, one))].join();

export function* proposePayouts(shadow: Shadow, body: EventBodies['propose-payouts']): Steps {
  return yield* forEach(shadow, choose(listRuns(shadow, 'draft'), body), (run) => {
    if (run.state !== 'draft') return refused('illegal-state');
    const fault = findFault(shadow, run);
    if (fault !== undefined) return fault;
    if (run.proposal && run.proposal.untilMs > shadow.nowMs) return refused('approval-pending');
    const ground = allGround(shadow, run);
    run.proposal = { by: body.by, untilMs: shadow.nowMs + PROPOSAL_MS, ground };
    return 'proposed';
  });
}

/** All that are proposed: by another than who proposed it, and who proposed the account to which it is the first payout. */
export function* decidePayouts(shadow: Shadow, { by, approves }: EventBodies['decide-payouts']): Steps {
  const proposed = shadow.payoutRuns.filter(({ proposal }) => proposal !== null);
  const numbers = proposed.map(({ number }) => number).sort();
  return yield* forEach(shadow, numbers, (run) => {
    const { proposal } = run;
    if (!proposal) return refused(run.ended);
    if (approves && (proposal.by === by || isMaker(shadow, run, by))) return refused('approval-own');
    if (proposal.untilMs <= shadow.nowMs) return end(run, 'approval-expired');
    if (!approves) {
      end(run, 'approval-decided');
      return 'rejected';
    }
    if (proposal.ground !== allGround(shadow, run)) return end(run, 'approval-void');
    const fault = findFault(shadow, run);
    if (fault !== undefined) return fault;
    end(run, 'approval-decided');
    run.state = 'approved';
    return 'approved';
  });
}

function end(run: ShadowPayoutRun, ended: ShadowPayoutRun['ended']): string {
  run.proposal = null;
  run.ended = ended;
  return refused(ended);
}

/** Whether a person proposed an account to which one of the payouts is the first that has not come back. */
function isMaker(shadow: Shadow, run: ShadowPayoutRun, person: string): boolean {
  return payoutsOf(shadow, run).some(({ company, version }) => {
    const isKnown = shadow.payouts.some(
      (one) =>
        one.company === company &&
        one.version === version &&
        (one.state === 'sent' || one.state === 'settled'),
    );
    return !isKnown && shadow.accounts.get(company)![version - 1]!.maker === person;
  });
}

export function* sendPayouts(shadow: Shadow, body: EventBodies['send-payouts']): Steps {
  const again = body.again ? listRuns(shadow, 'sent').slice(-1) : [];
  const numbers = [...choose(listRuns(shadow, 'approved'), body), ...again];
  return yield* forEach(shadow, numbers, (run) => {
    if (run.state === 'void') return refused('illegal-state');
    if (run.state === 'sent') return 'sent';
    const fault = findFault(shadow, run);
    if (fault !== undefined) return fault;
    run.state = 'sent';
    run.sentOn = shadow.today;
    for (const payout of payoutsOf(shadow, run)) {
      payout.state = 'sent';
      payOut(shadow, payout.amount);
    }
    return 'sent';
  });
}

export function* discardPayouts(shadow: Shadow, body: EventBodies['discard-payouts']): Steps {
  return yield* forEach(shadow, choose(listRuns(shadow, 'draft', 'approved'), body), (run) => {
    if (run.state !== 'draft' && run.state !== 'approved') return refused('illegal-state');
    run.state = 'void';
    for (const payout of payoutsOf(shadow, run)) payout.state = 'dropped';
    return 'discarded';
  });
}
