import type { MailFacts } from '../../templates/mails/mail-kinds.ts';
import { parseAccountReference } from '../access/account-reference.rules.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { findAccount, type AccountRow } from './account.queries.ts';
import { INVITATION_LIFE_MS, issueLink, linkTo, RESET_LIFE_MS } from './invitation-link.ts';

/** To whom a mail goes. */
type Reader = Pick<AccountRow, 'id' | 'audience' | 'email' | 'displayName' | 'language'>;

/** From where something was asked for, as far as it is known. */
export interface MailOrigin {
  readonly address?: string | null | undefined;
  readonly userAgent?: string | null | undefined;
}

interface InvitationFacts {
  readonly company: { readonly ja: string; readonly en: string } | null;
  readonly roles: readonly string[];
  /** Who invites, as `actorName` writes it. */
  readonly invitedBy: string;
}

/** Sends the link of an invitation; earlier ones open nothing any more. */
export async function mailInvitation(
  tx: InTransaction<Deps>,
  reader: Reader,
  { company, roles, invitedBy }: InvitationFacts,
): Promise<void> {
  const { link, id } = await issueLink(tx, reader, 'invitation');
  const expiresAt = new Date(tx.clock.now().getTime() + INVITATION_LIFE_MS);
  await queueMail(tx, {
    ...addressed(reader),
    kind: 'account-invitation',
    dedupeKey: `account-invitation:${reader.id}:${id}`,
    facts: { company, roles: roles.join(', '), invitedBy: await findName(tx, invitedBy), link, expiresAt },
  });
}

/** Sends the link of a forgotten password. */
export async function mailPasswordReset(
  tx: InTransaction<Deps>,
  reader: Reader,
  { address, userAgent }: MailOrigin,
): Promise<void> {
  const { link, id } = await issueLink(tx, reader, 'password-reset');
  const expiresAt = new Date(tx.clock.now().getTime() + RESET_LIFE_MS);
  await queueMail(tx, {
    ...addressed(reader),
    kind: 'account-password-reset',
    dedupeKey: `account-password-reset:${reader.id}:${id}`,
    facts: { link, expiresAt, address: address ?? null, userAgent: userAgent ?? null },
  });
}

type SecurityNotice = MailFacts<'account-security'>['what'];

/** Says to a person what has happened to their account. It cannot be switched off. */
export async function mailSecurity(
  tx: InTransaction<Deps>,
  reader: Reader,
  what: SecurityNotice,
  { detail, address, userAgent }: MailOrigin & { readonly detail?: string } = {},
): Promise<void> {
  const at = tx.clock.now();
  await queueMail(tx, {
    ...addressed(reader),
    kind: 'account-security',
    dedupeKey: `account-security:${reader.id}:${what}:${tx.ids.next()}`,
    facts: {
      what,
      at,
      detail: detail ?? null,
      address: address ?? null,
      userAgent: userAgent ?? null,
      url: linkTo(tx.config, reader.audience, 'account'),
    },
  });
}

function addressed({ id, email, displayName, language }: Reader) {
  return { to: email, toName: displayName, language, accountId: String(id) };
}

/** The person of an account, or the name that was typed with `--as`. */
async function findName(tx: InTransaction<Deps>, actor: string): Promise<string> {
  const name = actor.slice(actor.indexOf(':') + 1);
  const id = parseAccountReference(name);
  return (id === undefined ? undefined : await findAccount(tx, id))?.displayName ?? name;
}

/** The company of an account, as a mail names it. */
export async function findEmployerNames(tx: InTransaction<Deps>, companyId: number | null) {
  if (companyId === null) return null;
  const { name, nameEn } = await sqlOf(tx.em)
    .selectFrom('company')
    .select(['name', 'nameEn'])
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  return { ja: name, en: nameEn };
}
