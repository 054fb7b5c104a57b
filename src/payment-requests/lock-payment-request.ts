import { LockMode } from '@mikro-orm/mariadb';
import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { PaymentRequest } from './payment-request.entity.ts';

/**
 * Reads a payment request for changing it: others that do the same wait until this transaction ends.
 * @throws Problem `payment-request-not-found`
 */
export async function lockPaymentRequest(
  tx: InTransaction<Deps>,
  rows: Readonly<Record<string, unknown>>,
  id: string,
): Promise<PaymentRequest> {
  const where = { $and: [rows, { id }] };
  const request = await tx.em.findOne(PaymentRequest, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!request) throw new Problem('payment-request-not-found');
  return request;
}
