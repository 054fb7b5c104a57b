import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { listSettlements } from '../../src/settlements/settlement.queries.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { makeLineIds, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';

export type SettledSeller = Awaited<ReturnType<typeof makeSeller>>;

/** A company with a service and a contract. */
export async function makeSeller(deps: Deps, tariffCode = 'flets-2011') {
  const company = await makeCompany(deps);
  const service = await makeService(deps, { companyId: company.id });
  const contract = await makeContract(deps, { companyId: company.id, tariffCode });
  return { company, service, contract };
}

/** One sale on each of that many lines, over all closing groups in turn. */
export function sell({ company, service }: SettledSeller, lineCount: number, amountMinor: bigint): Sale[] {
  return makeLineIds(lineCount).map((lineId, index) => ({
    companyId: company.id,
    serviceId: service.id,
    lineId,
    closingGroup: CLOSING_GROUPS[index % 6]!,
    amountMinor,
  }));
}

/** What settles in the world of a test, and what came of it. */
export function settling(depsOf: () => Deps) {
  return {
    settle: (
      businessDate: string,
      options: { chunkSize?: number; beforeChunk?: (chunk: number) => void } = {},
    ) => fakeRun(depsOf(), settleCompanies, { job: 'settle-companies', businessDate, ...options }),

    async settlementOf(period: string, { company }: SettledSeller) {
      const rows = await listSettlements(depsOf(), { period });
      return rows.find((row) => row.company === company.code);
    },

    settlementRow: (period: string, { company }: SettledSeller) =>
      sqlOf(depsOf().orm.em.fork())
        .selectFrom('settlement')
        .selectAll()
        .where('billingPeriod', '=', period)
        .where('companyId', '=', company.id)
        .executeTakeFirstOrThrow(),

    async payableOf({ company }: SettledSeller): Promise<bigint> {
      const rows = await sqlOf(depsOf().orm.em.fork())
        .selectFrom('ledger_entry as e')
        .innerJoin('ledger_account as a', (join) =>
          join.on(({ or, eb, ref }) =>
            or([eb('e.debitAccount', '=', ref('a.id')), eb('e.creditAccount', '=', ref('a.id'))]),
          ),
        )
        .select(['a.id', 'e.debitAccount', 'e.amountMinor'])
        .where('a.companyId', '=', company.id)
        .execute();
      return rows.reduce(
        (sum, row) => sum + (row.debitAccount === row.id ? -row.amountMinor : row.amountMinor),
        0n,
      );
    },
  };
}
