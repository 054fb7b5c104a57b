import { sqlOf } from '../../../src/database/sql.ts';
import { describeRefund } from '../shadow/outcome.ts';
import type { Service } from './service.ts';

interface RefundRow {
  readonly amountMinor: bigint;
  readonly businessDate: string;
  readonly billingPeriod: string;
  readonly closingGroup: 5 | 10 | 15 | 20 | 25 | 31 | null;
}

/** A refund of the service in the words of the simulation, and its name for later. */
export async function refundWords({ deps, names }: Service, name: string, id: string): Promise<string> {
  names.refunds.set(name, id);
  const query = sqlOf(deps.orm.em.fork()).selectFrom('refund').selectAll().where('id', '=', id);
  return wordsOfRefund(await query.executeTakeFirstOrThrow());
}

export function wordsOfRefund({ amountMinor, businessDate, billingPeriod, closingGroup }: RefundRow): string {
  return describeRefund({
    amount: Number(amountMinor),
    businessDate,
    period: billingPeriod,
    group: closingGroup,
  });
}
