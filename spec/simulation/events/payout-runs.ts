import { approveChange, rejectChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { discardPayoutRun } from '../../../src/payouts/discard-payout-run.ts';
import { payoutRunApproval } from '../../../src/payouts/payout-run-approval.ts';
import type { PayoutRunState } from '../../../src/payouts/payout.rules.ts';
import { writePayoutFile } from '../../../src/payouts/write-payout-file.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { hanako } from '../../support/people.ts';
import { refused } from '../shadow/outcome.ts';
import * as shadow from '../shadow/payout-runs.ts';
import { banker } from './accounts.ts';
import type { EventKinds } from './event-kind.ts';

type RunKinds = 'propose-payouts' | 'decide-payouts' | 'send-payouts' | 'discard-payouts';

export const payoutRunKinds: Pick<EventKinds, RunKinds> = {
  'propose-payouts': {
    foresee: inOneGo(shadow.proposePayouts),
    steps: shadow.proposePayouts,
    async perform({ deps }, { which, by }) {
      const numbers = shadow.choose(await listRuns(deps, 'draft'), { which });
      return forEach(numbers, async (number) => {
        await proposeChange(deps, banker(by), payoutRunApproval, { input: { number }, reason: 'due' });
        return 'proposed';
      });
    },
  },
  'decide-payouts': {
    foresee: inOneGo(shadow.decidePayouts),
    steps: shadow.decidePayouts,
    async perform({ deps }, { by, approves }) {
      const pending = await listPending(deps);
      return forEach([...pending.keys()].sort(), async (number) => {
        const decide = approves ? approveChange : rejectChange;
        await decide(deps, banker(by), [payoutRunApproval], { approvalId: pending.get(number)! });
        return approves ? 'approved' : 'rejected';
      });
    },
  },
  'send-payouts': {
    foresee: inOneGo(shadow.sendPayouts),
    steps: shadow.sendPayouts,
    async perform(service, { which, again, deaths = [] }) {
      const { deps } = service;
      const last = again ? (await listRuns(deps, 'sent')).slice(-1) : [];
      const numbers = [...shadow.choose(await listRuns(deps, 'approved'), { which }), ...last];
      for (const after of deaths)
        await service.die(after, (dying) => forEach(numbers, (number) => send(dying.deps, number)));
      return forEach(numbers, (number) => send(deps, number));
    },
  },
  'discard-payouts': {
    foresee: inOneGo(shadow.discardPayouts),
    steps: shadow.discardPayouts,
    async perform({ deps }, { which }) {
      const numbers = shadow.choose(await listRuns(deps, 'draft', 'approved'), { which });
      return forEach(numbers, async (number) => {
        await discardPayoutRun(deps, hanako, { number });
        return 'discarded';
      });
    },
  },
};

async function send(deps: Deps, number: string): Promise<string> {
  await writePayoutFile(deps, hanako, { number });
  return 'sent';
}

/** All steps, nothing between them. */
function inOneGo<B>(
  steps: (of: Parameters<typeof shadow.sendPayouts>[0], body: B) => Generator<void, string>,
) {
  return (of: Parameters<typeof shadow.sendPayouts>[0], body: B): string => {
    const begun = steps(of, body);
    for (;;) {
      const step = begun.next();
      if (step.done) return step.value;
    }
  };
}

async function forEach(
  numbers: readonly string[],
  act: (number: string) => Promise<string>,
): Promise<string> {
  const words: string[] = [];
  for (const number of numbers) {
    const word = await act(number).catch((error: unknown) => {
      if (error instanceof Problem) return refused(error.code);
      throw error;
    });
    words.push(`${word} on ${number}`);
  }
  return words.join('; ') || 'no such run';
}

async function listRuns(deps: Deps, ...states: readonly PayoutRunState[]): Promise<string[]> {
  const runs = await sqlOf(deps.orm.em.fork())
    .selectFrom('payout_run')
    .select('number')
    .where('state', 'in', states)
    .orderBy('number')
    .execute();
  return runs.map(({ number }) => number);
}

/** Proposals that wait, by the number of their run. */
async function listPending(deps: Deps): Promise<Map<string, string>> {
  const pending = await sqlOf(deps.orm.em.fork())
    .selectFrom('approval')
    .select(['id', 'subject'])
    .where('kind', '=', payoutRunApproval.kind)
    .where('state', '=', 'pending')
    .execute();
  return new Map(pending.map(({ id, subject }) => [subject.replace('payout-run:', ''), id]));
}
