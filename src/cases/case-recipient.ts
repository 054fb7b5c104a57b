import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findMailRecipient } from '../identity/find-mail-recipient.ts';
import type { Locale } from '../shared/money.ts';
import type { SupportCase } from './support-case.entity.ts';

/** Where the mails of a case go, as `queueMail` takes it. */
export interface CaseRecipient {
  readonly to: string;
  readonly toName: string | null;
  readonly language: Locale;
  readonly subscriberId: number | null;
  /** Whether its reader can open the case on the pages of subscribers. */
  readonly hasPage: boolean;
}

type Reported = Pick<SupportCase, 'number' | 'subscriberId' | 'lineId' | 'holderFrom'>;

/**
 * Who hears of a case: the holder for the issued ID that reported it, else the holder of its line, else the sender of the mail that
 * opened it. Undefined when there is no address.
 */
export async function findCaseRecipient(deps: Deps, reported: Reported): Promise<CaseRecipient | undefined> {
  const { number, subscriberId, lineId, holderFrom } = reported;
  if (subscriberId != null) {
    const person = await findMailRecipient(deps, subscriberId);
    return person && { ...person, hasPage: true };
  }
  if (lineId != null && holderFrom != null) return await findHolder(deps, lineId, holderFrom);
  return await findSender(deps, number);
}

async function findHolder(deps: Deps, lineId: string, validFrom: string): Promise<CaseRecipient | undefined> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_holder')
    .select(['email', 'holder'])
    .where('lineId', '=', lineId)
    .where('validFrom', '=', validFrom)
    .executeTakeFirst();
  if (row?.email == null) return undefined;
  return { to: row.email, toName: row.holder, language: 'ja', subscriberId: null, hasPage: false };
}

async function findSender(deps: Deps, caseNumber: string): Promise<CaseRecipient | undefined> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('case_mail')
    .select('fromAddress')
    .where('caseNumber', '=', caseNumber)
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirst();
  return row && { to: row.fromAddress, toName: null, language: 'ja', subscriberId: null, hasPage: false };
}
