import type { PlannedRefund } from '../plan/world-plan.ts';
import { assertState, companyOf, known, type DemoWorld } from './demo-world.ts';
import { usageKey } from './use-services.ts';

/** The company gives a use back by the API. */
export async function giveBack(
  world: DemoWorld,
  { usage, amountMinor, reason, paidBy }: PlannedRefund,
): Promise<void> {
  const { client } = companyOf(world, usage.company);
  const key = usageKey(usage);
  const path = `/v1/charges/${known(world.charges, key)}/refunds`;
  const body = { reason, ...(amountMinor !== undefined && { amount: amountMinor }) };
  const refund = await client.post<{ paid_by: string }>(path, body, `${key}|refund`);
  assertState('a refund', refund.paid_by, paidBy);
}
