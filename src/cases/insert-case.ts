import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { answerDueAt } from './answer-due.rules.ts';
import type { SupportCase } from './support-case.entity.ts';

type Subject = Pick<
  SupportCase,
  | 'number'
  | 'kind'
  | 'subjectKind'
  | 'subjectId'
  | 'companyId'
  | 'serviceId'
  | 'subscriberId'
  | 'lineId'
  | 'holderFrom'
>;

/** What a case has that is about no purchase. */
export const NO_PURCHASE = { subjectKind: null, subjectId: null, companyId: null, serviceId: null } as const;

/** Inserts a case that nobody has taken; its first answer is due by the rule of `answerDueAt`. */
export async function insertCase(tx: InTransaction<Deps>, subject: Subject): Promise<void> {
  const openedAt = tx.clock.now();
  const { timeZone, cases } = tx.config;
  await sqlOf(tx.em)
    .insertInto('support_case')
    .values({
      ...subject,
      state: 'open',
      assignedTo: null,
      outcome: null,
      openedAt,
      closedAt: null,
      mergedInto: null,
      answerDueAt: answerDueAt(openedAt, { timeZone, days: cases.answerDays }),
      answeredAt: null,
      answeredBy: null,
      companyDueAt: null,
    })
    .execute();
}
