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

/** Addresses of the pages that the links of mails open; the token follows. */
export const linkPaths = {
  invitation: { company: '/company/invitation', staff: '/staff/invitation' },
  'password-reset': { company: '/company/password-reset', staff: '/staff/password-reset' },
} as const;

interface Linked {
  readonly id: number;
  readonly audience: AccountAudience;
}

/** A fresh link for an account; earlier ones of this kind open nothing any more. */
export async function issueLink(
  tx: InTransaction<Deps>,
  { id, audience }: Linked,
  kind: keyof typeof linkPaths,
): Promise<{ readonly token: string; readonly link: string }> {
  const owner = { kind: 'account', id } as const;
  await withdrawTokens(tx, owner, [kind]);
  const lifeMs = kind === 'invitation' ? INVITATION_LIFE_MS : RESET_LIFE_MS;
  const token = await issueToken(tx, { kind, owner, lifeMs });
  return { token, link: `${originOf(tx.config, audience)}${linkPaths[kind][audience]}/${token}` };
}
