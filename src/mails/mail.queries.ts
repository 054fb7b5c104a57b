import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { MailState } from './mail.entity.ts';

interface MailFilter {
  readonly state?: MailState | undefined;
  /** One address, as `readMailAddress` gives it. */
  readonly to?: string | undefined;
}

const LISTED = 200;

/** Mails, newest first, at most 200, without what is in them. @throws Problem `permission-denied`. */
export async function listMails(deps: Deps, actor: Actor, { state, to }: MailFilter = {}) {
  authorize(actor, 'mails:read');
  let query = sqlOf(emOf(deps))
    .selectFrom('mail')
    .select([
      'id',
      'kind',
      'toAddress',
      'language',
      'state',
      'queuedAt',
      'attempts',
      'nextAttemptAt',
      'sentAt',
      'lastError',
    ])
    .orderBy('id', 'desc')
    .limit(LISTED);
  if (state !== undefined) query = query.where('state', '=', state);
  if (to !== undefined) query = query.where('toAddress', '=', to);
  return await query.execute();
}
