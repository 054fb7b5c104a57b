import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck, invalidInput } from '../shared/check-input.ts';
import { listTariffFaults, tariffDefinitionSchema, type TariffDefinition } from '../tariffs/tariff.rules.ts';
import { calculateFee, type FeeBranch } from './fee.rules.ts';

export interface SimulateTariff {
  readonly definition: TariffDefinition;
  /** First and last month, both included. */
  readonly from: string;
  readonly through: string;
  readonly companyCode?: string | undefined;
}

/** A settled month of a company beside what the tariff would have made of it. Amounts in minor units, before tax. */
export interface SimulatedMonth {
  readonly companyCode: string;
  readonly company: string;
  readonly companyEn: string;
  readonly period: string;
  /** `T`, `N` and the items of the settlement. */
  readonly totalMinor: bigint;
  readonly lineCount: number;
  readonly itemCount: number;
  readonly averageFloor2: string;
  readonly billedTariff: string;
  readonly billedBranch: FeeBranch;
  readonly billedFeeMinor: bigint;
  readonly branch: FeeBranch;
  readonly feeMinor: bigint;
}

export interface Simulation {
  readonly months: readonly SimulatedMonth[];
  readonly billedFeeMinor: bigint;
  readonly feeMinor: bigint;
}

/** Two years: more than anybody compares, and less than a second. */
export const SIMULATED_MONTHS = 24;
/** Settled months of one simulation. */
export const SIMULATED_ROWS = 5_000;

const month = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$', mustBe: 'a month, YYYY-MM' } as const;
const checkShape = compileInputCheck<SimulateTariff>({
  definition: tariffDefinitionSchema,
  from: month,
  through: month,
});

/**
 * Calculates the fee of settled months by another tariff, from the figures that the settlements have; writes nothing. Rejected
 * settlements are left out, drafts are not. What companies would have sold otherwise is nobody's to know.
 * @throws Problem `permission-denied`; `invalid-request` for a faulty tariff, more than 24 months or more than 5,000 settlements
 */
export async function simulateTariff(deps: Deps, actor: Actor, input: SimulateTariff): Promise<Simulation> {
  authorize(actor, 'settlements:read');
  checkShape(input);
  const { definition, from, through } = input;
  const faults = listTariffFaults(definition).map((message) => ({ pointer: '/definition', message }));
  const length = monthsFrom(through) - monthsFrom(from) + 1;
  if (length < 1 || length > SIMULATED_MONTHS)
    faults.push({ pointer: '/through', message: `must be 1 to ${SIMULATED_MONTHS} months from the first` });
  if (faults.length > 0) throw invalidInput(faults);
  const rows = await readSettled(deps, input);
  if (rows.length > SIMULATED_ROWS) {
    const message = `has more than ${SIMULATED_ROWS} settlements: choose fewer months, or one company`;
    throw invalidInput([{ pointer: '/from', message }]);
  }
  const months = rows.map(({ billedMinor, refundedMinor, ...row }): SimulatedMonth => {
    const { lineCount, itemCount } = row;
    const totalMinor = exact(billedMinor) - exact(refundedMinor);
    const fee = calculateFee(definition, { totalMinor, lineCount, itemCount });
    const { branch, feeExTaxMinor: feeMinor, averageFloor2 } = fee;
    return {
      ...row,
      billedFeeMinor: exact(row.billedFeeMinor),
      totalMinor,
      averageFloor2,
      branch,
      feeMinor,
    };
  });
  return {
    months,
    billedFeeMinor: months.reduce((sum, one) => sum + one.billedFeeMinor, 0n),
    feeMinor: months.reduce((sum, one) => sum + one.feeMinor, 0n),
  };
}

function readSettled(deps: Deps, { from, through, companyCode }: SimulateTariff) {
  return sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['c.code as companyCode', 'c.name as company', 'c.nameEn as companyEn'])
    .select(['s.billingPeriod as period', 's.billedMinor', 's.refundedMinor', 's.lineCount', 's.itemCount'])
    .select(['s.tariffCode as billedTariff', 's.feeBranch as billedBranch'])
    .select('s.feeExTaxMinor as billedFeeMinor')
    .where('s.state', '<>', 'rejected')
    .where('s.billingPeriod', '>=', from)
    .where('s.billingPeriod', '<=', through)
    .$if(companyCode !== undefined, (query) => query.where('c.code', '=', companyCode!))
    .orderBy('c.code')
    .orderBy('s.billingPeriod')
    .limit(SIMULATED_ROWS + 1)
    .execute();
}

/** Amounts of a joined table arrive as text. */
const exact = (amount: bigint | string | number): bigint => BigInt(amount);

const monthsFrom = (text: string): number => {
  const [year = 0, number = 0] = text.split('-').map(Number);
  return year * 12 + number;
};
