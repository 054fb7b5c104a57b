import { sqlOf } from '../../../src/database/sql.ts';
import { listPayouts } from '../service/payout-figures.ts';
import type { Service } from '../service/service.ts';
import { ALL, describeOrdered, payAll, type Ordered } from '../shadow/pay-all.ts';
import type { EventKinds } from './event-kind.ts';
import { payoutRunKinds as runs } from './payout-runs.ts';
import { payoutKinds } from './payouts.ts';

/** The end of a history: `plan/plan-payouts.ts`. */
export const payAllKinds: Pick<EventKinds, 'pay-all'> = {
  'pay-all': {
    foresee: payAll,
    async perform(service, _, { at }) {
      const { discard, prepare, propose, decide, send } = ALL;
      await runs['discard-payouts'].perform(service, discard, { at, kind: 'discard-payouts', body: discard });
      await payoutKinds['prepare-payouts'].perform(service, prepare, {
        at,
        kind: 'prepare-payouts',
        body: prepare,
      });
      await runs['propose-payouts'].perform(service, propose, { at, kind: 'propose-payouts', body: propose });
      await runs['decide-payouts'].perform(service, decide, { at, kind: 'decide-payouts', body: decide });
      await runs['send-payouts'].perform(service, send, { at, kind: 'send-payouts', body: send });
      return describeOrdered(await countOrdered(service));
    },
  },
};

/** How often the bank has been ordered to pay each settlement, but for what came back. */
async function countOrdered(service: Service): Promise<Ordered[]> {
  const { bank, deps, names } = service;
  const kept = new Set(
    (await bank.listTransfers()).filter((one) => bank.resultOf(one) !== 'returned').map(({ code }) => code),
  );
  const payouts = (await listPayouts(service)).filter(({ code }) => kept.has(code));
  const settlements = await sqlOf(deps.orm.em.fork())
    .selectFrom('settlement')
    .select(['companyId', 'billingPeriod'])
    .where('state', 'in', ['approved', 'paid'])
    .where('payoutMinor', '>', 0n)
    .execute();
  return settlements.map(({ companyId, billingPeriod: period }) => {
    const company = names.companies.nameOf(companyId);
    const own = payouts.filter((one) => one.company === company && one.period === period);
    return { company, period, times: own.length };
  });
}
