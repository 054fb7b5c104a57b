import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { hasSecrets } from './mail-facts.rules.ts';
import { planMail } from './plan-mail.rules.ts';

/**
 * Queues a mail again that failed or was dropped, to its address whether or not that is marked. One with a code or a link is
 * not: they are wiped, and its reader asks for another. Audited.
 * @throws Problem `mail-not-found`, `illegal-state`
 */
export async function retryMail(deps: Deps, actor: Actor, { mailId }: { readonly mailId: string }) {
  authorize(actor, 'mails:write');
  return await inTransaction(deps, async (tx) => {
    const mail = await sqlOf(tx.em)
      .selectFrom('mail')
      .select(['id', 'kind', 'state', 'lastError'])
      .where('id', '=', mailId)
      .forUpdate()
      .executeTakeFirst();
    if (!mail) throw new Problem('mail-not-found');
    if (mail.state !== 'failed' && mail.state !== 'dropped')
      throw new Problem('illegal-state', { detail: `The mail is ${mail.state}.` });
    if (hasSecrets(mail.kind))
      throw new Problem('illegal-state', {
        detail: 'Its code or link is wiped: the reader has to ask for another.',
      });
    const now = tx.clock.now();
    const plan = planMail({
      now,
      purpose: 'service',
      expiresAt: undefined,
      isAddress: true,
      mark: undefined,
    });
    await sqlOf(tx.em)
      .updateTable('mail')
      .set({ ...plan, attempts: 0 })
      .where('id', '=', mailId)
      .execute();
    const facts = { was: mail.state, why: mail.lastError };
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'mail.retry',
      subject: `mail:${mailId}`,
      facts,
    });
    return { id: mail.id, kind: mail.kind, state: plan.state };
  });
}
