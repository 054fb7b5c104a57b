import type { Config } from '../../config/config.ts';
import { mailKinds, type MailFacts, type MailKindName } from '../../templates/mails/mail-kinds.ts';
import { insertRows } from '../database/rows.ts';
import { sqlOf } from '../database/sql.ts';
import { runStatement } from '../database/statement-pipeline.ts';
import type { Database, InTransaction } from '../database/transaction.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Locale } from '../shared/money.ts';
import { hashMailAddress, readMailAddress } from '../shared/mail-address.rules.ts';
import { encodeFacts } from './mail-facts.rules.ts';
import { planMail, type AddressMark } from './plan-mail.rules.ts';
import { sealSecrets } from './seal-secrets.ts';

/** What queueing takes of the dependencies of a use case. */
export interface MailDeps extends Database {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly config: Pick<Config, 'secret'>;
}

interface MailOf<Kind extends MailKindName> {
  readonly kind: Kind;
  /** One address. What is none is not queued, and its mail is recorded as dropped. */
  readonly to: string;
  /** How the mail addresses its reader: `山田 花子`, without 様. */
  readonly toName?: string | null;
  readonly language: Locale;
  readonly facts: MailFacts<Kind>;
  /**
   * Names this mail among all: a use case that is retried, or runs twice, queues one. Begins with what it is about, for instance
   * `purchase-receipt:ch_01J…`. ASCII, at most 120 characters.
   */
  readonly dedupeKey: string;
  readonly subscriberId?: number | null;
  readonly accountId?: string | null;
  readonly replyTo?: string | null;
}

export type NewMail = { readonly [Kind in MailKindName]: MailOf<Kind> }[MailKindName];

/** Queues one mail; see `queueMails`. */
export function queueMail(tx: InTransaction<MailDeps>, mail: NewMail): Promise<void> {
  return queueMails(tx, [mail]);
}

/**
 * Queues mails in the transaction of what they are about: neither exists without the other, and nothing is sent before the commit.
 * A job sends them some seconds later. Two statements, however many mails.
 *
 * A mail to an address that is marked as bounced is recorded as `dropped`, except security notices (plan-mail.rules.ts).
 */
export async function queueMails(tx: InTransaction<MailDeps>, mails: readonly NewMail[]): Promise<void> {
  if (mails.length === 0) return;
  const addressed = mails.map((mail) => ({ mail, address: readMailAddress(mail.to) }));
  const marks = await findMarks(
    tx,
    addressed.flatMap(({ address }) => address ?? []),
  );
  const rows = addressed.map(({ mail, address }) =>
    toRow(tx, mail, address, address === undefined ? undefined : marks.get(hashMailAddress(address))),
  );
  // The first one of a key stays as it is: another with that key is the same mail.
  await runStatement(tx.em, insertRows('mail', rows as never, 'ON DUPLICATE KEY UPDATE id = mail.id'));
}

async function findMarks(
  tx: InTransaction<MailDeps>,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, AddressMark>> {
  if (addresses.length === 0) return new Map();
  const rows = await sqlOf(tx.em)
    .selectFrom('mail_address')
    .select(['addressHash', 'since'])
    .where('addressHash', 'in', [...new Set(addresses.map(hashMailAddress))])
    .where('state', '=', 'bounced')
    .execute();
  return new Map(rows.map(({ addressHash, since }) => [addressHash, { since }]));
}

function toRow(
  tx: InTransaction<MailDeps>,
  mail: NewMail,
  address: string | undefined,
  mark: AddressMark | undefined,
) {
  const { kind, toName, language, facts, dedupeKey, subscriberId, accountId, replyTo } = mail;
  const id = tx.ids.next();
  const now = tx.clock.now();
  const { purpose } = mailKinds[kind];
  const expiresAt = 'code' in facts || 'link' in facts ? facts.expiresAt : undefined;
  const plan = planMail({ now, purpose, expiresAt, isAddress: address !== undefined, mark });
  const { plain, secret } = encodeFacts(kind, facts);
  const keepsSecrets = plan.state === 'waiting' && Object.keys(secret).length > 0;
  return {
    id,
    kind,
    toAddress: address ?? oneLine(mail.to, 320),
    toName: toName ? oneLine(toName, 100) : null,
    replyTo: (replyTo && readMailAddress(replyTo)) || null,
    language,
    subscriberId: subscriberId ?? null,
    accountId: accountId ?? null,
    facts: JSON.stringify(plain),
    secrets: keepsSecrets ? sealSecrets(tx.config, id, secret) : null,
    dedupeKey,
    queuedAt: now,
    attempts: 0,
    ...plan,
  };
}

/** A text that can be part of a header: control characters become blanks. */
function oneLine(text: string, maxLength: number): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, maxLength);
}
