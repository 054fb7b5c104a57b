import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import type { EndpointWithSecret } from './create-endpoint.ts';
import { sealOf } from './endpoint-secrets.ts';
import { lockEndpoint } from './endpoint.queries.ts';
import { generateSecret } from './signature.rules.ts';

const HOUR_MS = 3_600_000;
/** Longest time that two secrets sign. */
export const MAX_OVERLAP_HOURS = 168;

interface Rotation {
  readonly endpointId: string;
  /** How long the secret until now signs too; 0: not at all, for one that has leaked. */
  readonly overlapHours: number;
  /**
   * Until when a former secret signs, as the person saw it; null for none. Where it is another time, the secret was replaced meanwhile,
   * and a second rotation would end the one that is in use.
   */
  readonly seenUntil?: Date | null | undefined;
}

const check = compileInputCheck<Rotation>({
  overlapHours: { type: 'integer', minimum: 0, maximum: MAX_OVERLAP_HOURS },
});

/**
 * Gives an endpoint a new secret. Messages are signed with both until the overlap is over, so that its company can change over.
 * @throws Problem `webhook-endpoint-not-found`, `invalid-request`, `illegal-state` when it was replaced meanwhile
 */
export async function rotateSecret(
  deps: Deps,
  actor: Actor,
  rotation: Rotation,
): Promise<EndpointWithSecret> {
  const { endpointId, overlapHours, seenUntil } = rotation;
  return await inTransaction(deps, async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, endpointId);
    check(rotation);
    if (seenUntil !== undefined && seenUntil?.getTime() !== endpoint.previousSecretUntil?.getTime())
      throw new Problem('illegal-state', { facts: { reason: 'secret-replaced' } });
    const secret = generateSecret();
    const until = new Date(tx.clock.now().getTime() + overlapHours * HOUR_MS);
    await sqlOf(tx.em)
      .updateTable('webhook_endpoint')
      .set({
        secret: sealOf(tx.config, endpointId, secret),
        previousSecret: overlapHours === 0 ? null : endpoint.secret,
        previousSecretUntil: overlapHours === 0 ? null : until,
      })
      .where('id', '=', endpointId)
      .execute();
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'webhook-endpoint.rotate',
      subject: `webhook-endpoint:${endpointId}`,
      facts: { overlapHours },
    });
    return { endpoint: await lockEndpoint(tx, actor, endpointId), secret };
  });
}
