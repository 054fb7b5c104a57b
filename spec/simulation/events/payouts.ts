import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { importPayoutResults } from '../../../src/payouts/import-payout-results.ts';
import { preparePayouts } from '../../../src/payouts/prepare-payouts.ts';
import { holdSettlement, releaseSettlement } from '../../../src/settlements/hold-settlement.ts';
import { businessDateOf } from '../../../src/shared/calendar.rules.ts';
import { formatCsv } from '../../../src/shared/csv.ts';
import { hanako, jiro } from '../../support/people.ts';
import * as bank from '../shadow/bank.ts';
import { NOTHING } from '../shadow/outcome.ts';
import * as shadow from '../shadow/payouts.ts';
import type { EventKinds } from './event-kind.ts';

/** Planned by the day: `plan/plan-payouts.ts`. */
export const payoutKinds: Pick<EventKinds, 'hold-payout' | 'prepare-payouts' | 'tell-results'> = {
  'hold-payout': {
    foresee: shadow.holdPayout,
    async perform({ deps, names }, { company, period, holds }) {
      const settlement = await sqlOf(deps.orm.em.fork())
        .selectFrom('settlement')
        .select('number')
        .where('companyId', '=', names.companies.idOf(company)!)
        .where('billingPeriod', '=', period)
        .executeTakeFirst();
      if (!settlement) return NOTHING;
      const change = holds ? holdSettlement : releaseSettlement;
      await change(deps, jiro, { number: settlement.number, reason: 'a dispute' });
      return holds ? 'held' : 'released';
    },
  },
  'prepare-payouts': {
    foresee: shadow.preparePayouts,
    async perform(service, { sameAccount, deaths = [] }, { at }) {
      const { deps } = service;
      for (const after of deaths)
        await service.die(after, (dying) => preparePayouts(dying.deps, hanako, { sameAccount }));
      const { runs, left } = await preparePayouts(deps, hanako, { sameAccount });
      // Those which a process that died has prepared: nothing else happens at that moment.
      const numbers = deaths.length === 0 ? runs : await listPreparedAt(deps, at);
      return shadow.describePrepared(await readRuns(deps, numbers), await readLeft(deps, left));
    },
  },
  'tell-results': {
    foresee: bank.tellResults,
    async perform(service, body) {
      const { deps } = service;
      const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
      const told = await service.bank.tell(today, body);
      if (told.length === 0) return 'no results';
      const cells = told.map(({ transfer, amount, result, date }) => [
        ...transfer.customerCodes,
        amount,
        result,
        date,
        result === 'returned' ? '口座なし' : '',
      ]);
      const file = Buffer.from(formatCsv([HEADER, ...cells]));
      for (const after of body.deaths ?? [])
        await service.die(after, (dying) => importPayoutResults(dying.deps, hanako, { file }));
      const { refused } = await importPayoutResults(deps, hanako, { file });
      const refusedRows = new Set(refused.map(({ row }) => row));
      return told
        .map(({ transfer, result }, index) => {
          const word = refusedRows.has(index + HEADER_ROWS) ? 'refused' : result;
          return `${word} on ${transfer.code}`;
        })
        .join('; ');
    },
  },
};

const HEADER = ['customer_code_1', 'customer_code_2', 'amount', 'result', 'date', 'reason'];
/** The first row after it has the number 2. */
const HEADER_ROWS = 2;

async function listPreparedAt(deps: Deps, at: string): Promise<string[]> {
  const runs = await sqlOf(deps.orm.em.fork())
    .selectFrom('payout_run')
    .select('number')
    .where('createdAt', '=', new Date(at))
    .orderBy('number')
    .execute();
  return runs.map(({ number }) => number);
}

async function readRuns(deps: Deps, numbers: readonly string[]) {
  if (numbers.length === 0) return [];
  const runs = await sqlOf(deps.orm.em.fork())
    .selectFrom('payout_run')
    .select(['number', 'payoutCount', 'totalMinor'])
    .where('number', 'in', numbers)
    .orderBy('number')
    .execute();
  return runs.map(({ number, payoutCount, totalMinor }) => ({
    number,
    count: payoutCount,
    total: Number(totalMinor),
  }));
}

/** Refunds of former holders wait for an account, which nobody enters here. */
async function readLeft(deps: Deps, left: Awaited<ReturnType<typeof preparePayouts>>['left']) {
  const settlements = left.filter(({ kind }) => kind === 'settlement');
  return Promise.all(
    settlements.map(async ({ settlementId, company, faultKind }) => {
      const { billingPeriod } = await sqlOf(deps.orm.em.fork())
        .selectFrom('settlement')
        .select('billingPeriod')
        .where('id', '=', settlementId)
        .executeTakeFirstOrThrow();
      return { company: company!, period: billingPeriod, fault: faultKind! };
    }),
  );
}
