import type { Config } from '../../config/config.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { issueToken, withdrawTokens } from '../identity/one-time-tokens.ts';
import type { AccountAudience } from './account.rules.ts';

/** How long the link of an invitation opens (our decision). */
export const INVITATION_LIFE_MS = 7 * 24 * 60 * 60_000;
/** How long the link of a forgotten password opens. */
export const RESET_LIFE_MS = 30 * 60_000;

/** Where people of an audience reach their pages; passkeys and the links of mails go by it. */
export function originOf(config: Config, audience: AccountAudience): string {
  return audience === 'staff' ? config.staff.origin : config.publicOrigin;
}

/** Addresses of pages that mails lead to; a token follows that of an invitation and of a forgotten password. */
export const linkPaths = {
  invitation: { company: '/company/invitation', staff: '/staff/invitation' },
  'password-reset': { company: '/company/password-reset', staff: '/staff/password-reset' },
  account: { company: '/company/account', staff: '/staff/account' },
} as const;

export function linkTo(config: Config, audience: AccountAudience, page: keyof typeof linkPaths): string {
  return `${originOf(config, audience)}${linkPaths[page][audience]}`;
}

interface Linked {
  readonly id: number;
  readonly audience: AccountAudience;
}

/** A fresh link for an account; earlier ones of this kind open nothing any more. `id` names it without opening anything. */
export async function issueLink(
  tx: InTransaction<Deps>,
  { id: accountId, audience }: Linked,
  kind: 'invitation' | 'password-reset',
): Promise<{ readonly token: string; readonly link: string; readonly id: string }> {
  const owner = { kind: 'account', id: accountId } as const;
  await withdrawTokens(tx, owner, [kind]);
  const lifeMs = kind === 'invitation' ? INVITATION_LIFE_MS : RESET_LIFE_MS;
  const token = await issueToken(tx, { kind, owner, lifeMs });
  return { token, link: `${linkTo(tx.config, audience, kind)}/${token}`, id: tx.ids.next() };
}
