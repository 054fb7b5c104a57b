import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { foldEmail, type Invitation } from './account.rules.ts';
import { accountSubject, grantRole } from './change-account.ts';
import { findEmployerNames, mailInvitation } from './account-mails.ts';

/** Who invites, and by which right. */
export interface InvitedBy {
  /** As `actorName` writes it. */
  readonly actor: string;
  /** Of two people, where a role takes them. */
  readonly approvalId: string | null;
  readonly firstSlot?: number;
}

/** An account that waits for its person. */
export interface InvitedAccount {
  readonly accountId: number;
}

/**
 * Creates an invited account with its roles, and a mail with the link for its person. The input is checked and the company found before.
 * @throws Problem `already-exists` for an address that an account of the audience has
 */
export async function createAccount(
  tx: InTransaction<Deps>,
  { actor, approvalId, firstSlot }: InvitedBy,
  { companyId, ...invitation }: Invitation & { readonly companyId: number | null },
): Promise<InvitedAccount> {
  const { audience, displayName, language, roles } = invitation;
  const email = invitation.email.trim();
  const { insertId } = await sqlOf(tx.em)
    .insertInto('account')
    .values({
      audience,
      companyId,
      email,
      emailKey: foldEmail(email),
      displayName,
      language,
      state: 'invited',
      passwordHash: null,
      credentialVersion: 1,
      firstSlot: firstSlot ?? null,
      createdAt: tx.clock.now(),
      activatedAt: null,
      endedAt: null,
    })
    .executeTakeFirstOrThrow();
  const accountId = Number(insertId);
  const facts = { email, roles, ...(approvalId !== null && { approval: approvalId }) };
  await recordAudit(tx, {
    actor,
    action: firstSlot === undefined ? 'account.invite' : 'account.invite-first',
    subject: accountSubject(accountId),
    facts: { ...facts, ...(invitation.companyCode && { company: invitation.companyCode }) },
    changed: { table: 'account', key: [accountId] },
  });
  for (const role of roles) await grantRole(tx, { accountId, role, approvalId }, actor);
  const company = await findEmployerNames(tx, companyId);
  const reader = { id: accountId, audience, email, displayName, language };
  await mailInvitation(tx, reader, { company, roles, invitedBy: actor });
  return { accountId };
}
