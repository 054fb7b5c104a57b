import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMails } from '../mails/queue-mail.ts';
import { publicId } from '../shared/public-id.rules.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

interface Disabled {
  readonly endpoint: Pick<WebhookEndpoint, 'id' | 'companyId' | 'url'>;
  readonly reason: 'failing' | 'gone';
  readonly failingSince: Date;
  readonly lastFailure: string;
  readonly disabledAt: Date;
}

/** Writes to the owners and developers of a company that one of its endpoints was switched off; each once. */
export async function mailDisabled(
  tx: InTransaction<Deps>,
  { endpoint, reason, failingSince, lastFailure, disabledAt }: Disabled,
): Promise<void> {
  const readers = await sqlOf(tx.em)
    .selectFrom('account as a')
    .innerJoin('account_role as r', 'r.accountId', 'a.id')
    .select(['a.id', 'a.email', 'a.displayName', 'a.language'])
    .distinct()
    .where('a.companyId', '=', endpoint.companyId)
    .where('a.state', '=', 'active')
    .where('r.role', 'in', ['owner', 'developer'])
    .where('r.revokedAt', 'is', null)
    .execute();
  await queueMails(
    tx,
    readers.map(({ id, email, displayName, language }) => ({
      kind: 'webhook-disabled' as const,
      to: email,
      toName: displayName,
      language,
      accountId: String(id),
      dedupeKey: `webhook-disabled:${endpoint.id}:${disabledAt.getTime()}:${id}`,
      facts: {
        endpoint: publicId('webhook-endpoint', endpoint.id),
        address: endpoint.url,
        reason,
        failingSince,
        lastFailure,
        disabledAt,
        url: `${tx.config.publicOrigin}/company/webhooks/${publicId('webhook-endpoint', endpoint.id)}`,
      },
    })),
  );
}
