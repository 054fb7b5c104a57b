import { createHmac, randomInt } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { Problem } from '../shared/problem.ts';
import { findHolderContact, type HolderContact } from './holder-contact.queries.ts';
import { formatIssuedId } from './issued-id.rules.ts';
import type { CodePurpose } from './one-time-code.entity.ts';
import { CODE_MINUTES, composeCode, MAX_CODES_PER_HOUR, maskMailAddress } from './one-time-code.rules.ts';

const HOUR_MS = 60 * 60_000;

export interface SendOneTimeCode {
  readonly subscriberId: number;
  readonly purpose: CodePurpose;
  /** The browser that asked for it, which the mail names; none when the support centre did. */
  readonly address?: string;
  readonly userAgent?: string;
}

/**
 * Mails a new code to the holder of the subscriber's line; earlier codes of that purpose stop working. Returns the masked
 * address, for the person who has proven the password.
 * @throws Problem `mail-address-missing` when the line master has no address, `code-limit-reached` after five codes in an
 *   hour, with `retry_after_seconds`.
 */
export async function sendOneTimeCode(deps: Deps, input: SendOneTimeCode): Promise<{ sentTo: string }> {
  const { subscriberId, purpose } = input;
  const contact = await findHolderContact(deps, subscriberId);
  if (!contact?.email) throw new Problem('mail-address-missing');
  const code = composeCode(randomInt);
  await inTransaction(deps, async (tx) => {
    await lockSubscriber(tx, subscriberId);
    await assertFewCodes(tx, input);
    const id = tx.ids.next();
    const now = tx.clock.now();
    const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000);
    const row = { id, subscriberId, purpose, codeHash: hashCode(tx, id, code), createdAt: now, expiresAt };
    await sqlOf(tx.em)
      .insertInto('one_time_code')
      .values({ ...row, tries: 0, usedAt: null })
      .execute();
    await queueCode(tx, input, { contact, code, id, expiresAt });
  });
  return { sentTo: maskMailAddress(contact.email) };
}

/** Two requests at once wait for each other, and the second one counts the first one's code. */
async function lockSubscriber(tx: InTransaction<Deps>, subscriberId: number): Promise<void> {
  await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select('id')
    .where('id', '=', subscriberId)
    .forUpdate()
    .execute();
}

async function assertFewCodes(
  tx: InTransaction<Deps>,
  { subscriberId, purpose }: SendOneTimeCode,
): Promise<void> {
  const now = tx.clock.now().getTime();
  const recent = await sqlOf(tx.em)
    .selectFrom('one_time_code')
    .select('createdAt')
    .where('subscriberId', '=', subscriberId)
    .where('purpose', '=', purpose)
    .where('createdAt', '>', new Date(now - HOUR_MS))
    .orderBy('id', 'desc')
    .limit(MAX_CODES_PER_HOUR)
    .execute();
  const oldest = recent.at(-1);
  if (recent.length < MAX_CODES_PER_HOUR || !oldest) return;
  const retryAfterSeconds = Math.ceil((oldest.createdAt.getTime() + HOUR_MS - now) / 1_000);
  throw new Problem('code-limit-reached', { facts: { retry_after_seconds: retryAfterSeconds } });
}

interface NewCode {
  readonly contact: HolderContact;
  readonly code: string;
  readonly id: string;
  readonly expiresAt: Date;
}

async function queueCode(tx: InTransaction<Deps>, input: SendOneTimeCode, code: NewCode): Promise<void> {
  const { contact, id, expiresAt } = code;
  const { purpose, subscriberId, address, userAgent } = input;
  const origin = { address: address ?? null, userAgent: userAgent || null };
  const mail = {
    to: contact.email ?? '',
    toName: contact.holder,
    language: contact.language,
    subscriberId,
    dedupeKey: `one-time-code:${id}`,
  };
  const facts = { code: code.code, expiresAt, ...origin };
  if (purpose === 'sign-in') await queueMail(tx, { ...mail, kind: 'sign-in-code', facts });
  else {
    const issuedId = formatIssuedId(contact.issuedId);
    await queueMail(tx, { ...mail, kind: 'password-reset-code', facts: { ...facts, issuedId } });
  }
}

/** A keyed hash, with the row it belongs to: the table alone does not tell the few codes there are. */
export function hashCode({ config }: Pick<Deps, 'config'>, id: string, code: string): string {
  return createHmac('sha256', config.secret).update(`one-time-code:${id}:${code}`).digest('hex');
}
