import { defineEntity, p } from '@mikro-orm/mariadb';
import type { MailKindName } from '../../templates/mails/mail-kinds.ts';
import type { Locale } from '../shared/money.ts';

/**
 * - `waiting`: to be sent at `nextAttemptAt`, unless a process holds its lease
 * - `sent`: a mail server has accepted it
 * - `failed`: refused for good, or given up; `lastError` says why
 * - `dropped`: never tried, because its address is marked as bounced
 */
export type MailState = 'waiting' | 'sent' | 'failed' | 'dropped';

export const MailSchema = defineEntity({
  name: 'Mail',
  tableName: 'mail',
  properties: {
    /** Its Message-ID is made of it: a mail that is sent twice after a crash has one identity. */
    id: p.character().length(26).primary(),
    kind: p.string().length(40).$type<MailKindName>(),
    toAddress: p.string().length(320),
    /** How the mail addresses its reader. */
    toName: p.string().length(100).nullable(),
    replyTo: p.string().length(320).nullable(),
    language: p.character().length(2).$type<Locale>(),
    /** Whom it is about: none for a company without an account. */
    subscriberId: p.integer().unsigned().nullable(),
    accountId: p.string().length(26).nullable(),
    facts: p.json().$type<Readonly<Record<string, unknown>>>(),
    /** Secret facts, encrypted; null once they are not needed. */
    secrets: p.text().nullable(),
    dedupeKey: p.string().length(120),
    state: p.string().length(10).$type<MailState>(),
    queuedAt: p.datetime(3),
    attempts: p.smallint().unsigned(),
    nextAttemptAt: p.datetime(3),
    giveUpAt: p.datetime(3),
    leaseOwner: p.character().length(26).nullable(),
    leaseUntil: p.datetime(3).nullable(),
    sentAt: p.datetime(3).nullable(),
    lastError: p.string().length(300).nullable(),
  },
});

/** A mail that waits in the outbox, or has left it. */
export class Mail extends MailSchema.class {}
MailSchema.setClass(Mail);
