import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { CaseEventKind, CaseState } from './case.rules.ts';

interface NewCaseEvent {
  readonly caseNumber: string;
  readonly kind: CaseEventKind;
  readonly isPublic: boolean;
  readonly state: CaseState;
  readonly text?: string | undefined;
  /** The colleague, the other case, the enquiry or the line. */
  readonly refersTo?: string | undefined;
  /** For the audit trail, which has no texts of people. */
  readonly facts?: Readonly<Record<string, string>> | undefined;
}

const AUDITED = {
  opened: 'case.open',
  taken: 'case.take',
  given: 'case.give',
  noted: 'case.note',
  asked: 'case.ask',
  mailed: 'case.mail',
  received: 'case.receive',
  handed: 'case.ask-company',
  answered: 'case.company-answer',
  merged: 'case.merge',
  joined: 'case.join',
  placed: 'case.place',
  reopened: 'case.reopen',
  closed: 'case.close',
} as const satisfies Record<CaseEventKind, string>;

/** Appends to the history of a case, whose row this transaction has inserted or locked, and to the audit trail. @returns its number in the history. */
export async function appendCaseEvent(
  tx: InTransaction<Deps>,
  actor: Actor,
  event: NewCaseEvent,
): Promise<number> {
  const { text = null, refersTo = null, facts, ...row } = event;
  const author = actorName(actor);
  const sql = sqlOf(tx.em);
  const { newest } = await sql
    .selectFrom('case_event')
    .select(({ fn }) => fn.max('sequence').as('newest'))
    .where('caseNumber', '=', event.caseNumber)
    .executeTakeFirstOrThrow();
  const sequence = (newest ?? 0) + 1;
  await sql
    .insertInto('case_event')
    .values({ ...row, sequence, author, text, refersTo, at: tx.clock.now() })
    .execute();
  const subject = `case:${event.caseNumber}`;
  const told = { ...facts, ...(refersTo !== null && { refersTo }) };
  const hasFacts = Object.keys(told).length > 0;
  await recordAudit(tx, {
    actor: author,
    action: AUDITED[event.kind],
    subject,
    ...(hasFacts && { facts: told }),
  });
  return sequence;
}
