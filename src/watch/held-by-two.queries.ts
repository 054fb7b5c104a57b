import type { Actor } from '../access/actor.ts';
import { isSetByTwo } from '../access/approvals/set-by-two.queries.ts';
import { authorize } from '../access/authorize.ts';
import { serviceSubject, suspensionKinds } from '../companies/suspension-kinds.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { holdKinds, holdSubject } from '../settlements/hold-kinds.rules.ts';

/** A payout that two people have held. */
export interface HeldPayout {
  readonly number: string;
  readonly billingPeriod: string;
  readonly payoutMinor: bigint;
  readonly heldReason: string;
}

/** The payouts of a company that two people have held, the oldest month first. @throws Problem `permission-denied` */
export async function listHeldByTwo(
  deps: Deps,
  actor: Actor,
  companyCode: string,
): Promise<readonly HeldPayout[]> {
  authorize(actor, 'watch:read');
  const held = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.number', 's.billingPeriod', 's.payoutMinor', 's.heldReason'])
    .where('c.code', '=', companyCode)
    .where('s.state', '=', 'approved')
    .where('s.heldReason', 'is not', null)
    .orderBy('s.billingPeriod')
    .execute();
  const byTwo: HeldPayout[] = [];
  for (const { number, billingPeriod, payoutMinor, heldReason } of held) {
    if (heldReason !== null && (await isSetByTwo(deps, holdKinds, holdSubject(number))))
      byTwo.push({ number, billingPeriod, payoutMinor, heldReason });
  }
  return byTwo;
}

/** Which services of a company two people have suspended, by their codes. @throws Problem `permission-denied` */
export async function listSuspendedByTwo(
  deps: Deps,
  actor: Actor,
  companyCode: string,
): Promise<readonly string[]> {
  authorize(actor, 'watch:read');
  const suspended = await sqlOf(emOf(deps))
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select('s.code')
    .where('c.code', '=', companyCode)
    .where('s.state', '=', 'suspended')
    .orderBy('s.code')
    .execute();
  const byTwo: string[] = [];
  for (const { code } of suspended)
    if (await isSetByTwo(deps, suspensionKinds, serviceSubject({ companyCode, code }))) byTwo.push(code);
  return byTwo;
}
