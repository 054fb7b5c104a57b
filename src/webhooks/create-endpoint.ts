import { actorName, type Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { checkTerms, typesFor, type EndpointTerms } from './endpoint-input.ts';
import { sealOf } from './endpoint-secrets.ts';
import { generateSecret, generateSigningKey } from './signature.rules.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/** Endpoints a company may have at once; the database has as many slots. */
export const MAX_ENDPOINTS = 20;

export interface NewEndpoint extends EndpointTerms {
  readonly url: string;
  /** Signs with ed25519 too, so that verifying takes no secret. */
  readonly hasSigningKey?: boolean | undefined;
  /** The newest endpoint that the person saw, null for none: one that was created since refuses another. */
  readonly seenNewest?: string | null | undefined;
}

/** An endpoint with its secret, which is in this result and nowhere else in clear. */
export interface EndpointWithSecret {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

/**
 * Creates an endpoint: events from now on are sent to it, of types that the actor may read.
 * @throws Problem `invalid-request`, `too-many-webhook-endpoints`, `api-key-scope-missing`, `permission-denied`, `illegal-state` when
 * one was created since `seenNewest`
 */
export async function createEndpoint(
  deps: Deps,
  actor: Actor,
  input: NewEndpoint,
): Promise<EndpointWithSecret> {
  const companyId = actingCompany(actor, 'webhooks:write');
  checkTerms(deps.config, actor, input);
  const { url, description = null, hasSigningKey = false } = input;
  const eventTypes = typesFor(actor, input.eventTypes ?? null);
  return await inTransaction(deps, async (tx) => {
    const id = tx.ids.next();
    const secret = generateSecret();
    const pair = hasSigningKey ? generateSigningKey() : undefined;
    const now = tx.clock.now();
    await sqlOf(tx.em)
      .insertInto('webhook_endpoint')
      .values({
        id,
        companyId,
        slot: await takeSlot(tx, companyId, input.seenNewest),
        url,
        description,
        eventTypes: (eventTypes && JSON.stringify(eventTypes)) as never,
        secret: sealOf(tx.config, id, secret),
        signingKey: pair ? sealOf(tx.config, id, pair.privateKey) : null,
        publicKey: pair?.publicKey ?? null,
        state: 'enabled',
        stateChangedAt: now,
        consideredSequence: await lastSequence(tx, companyId),
        failures: 0,
        createdAt: now,
      } as never)
      .execute();
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'webhook-endpoint.create',
      subject: `webhook-endpoint:${id}`,
      facts: { url, eventTypes, hasSigningKey },
    });
    return { endpoint: await getCreated(tx, id), secret };
  });
}

/** The number of the company's newest published event; 0 without any. */
export async function lastSequence(tx: InTransaction<Deps>, companyId: number): Promise<bigint> {
  const row = await sqlOf(tx.em)
    .selectFrom('event_sequence')
    .select('lastSequence')
    .where('companyId', '=', companyId)
    .executeTakeFirst();
  return BigInt(row?.lastSequence ?? 0);
}

/** The lowest free slot. The row of the company makes two that create at once wait for each other. */
async function takeSlot(
  tx: InTransaction<Deps>,
  companyId: number,
  seenNewest: string | null | undefined,
): Promise<number> {
  await queryRows(tx.em, 'SELECT id FROM company WHERE id = ? FOR UPDATE', [companyId]);
  const rows = await sqlOf(tx.em)
    .selectFrom('webhook_endpoint')
    .select(['slot', 'id'])
    .where('companyId', '=', companyId)
    .where('slot', 'is not', null)
    .orderBy('id', 'desc')
    .execute();
  if (seenNewest !== undefined && (rows[0]?.id ?? null) !== seenNewest)
    throw new Problem('illegal-state', { facts: { reason: 'endpoint-created' } });
  const taken = new Set(rows.map(({ slot }) => slot));
  for (let slot = 1; slot <= MAX_ENDPOINTS; slot += 1) if (!taken.has(slot)) return slot;
  throw new Problem('too-many-webhook-endpoints', {
    detail: `A company has at most ${MAX_ENDPOINTS}: delete one that is not used.`,
  });
}

async function getCreated(tx: InTransaction<Deps>, id: string): Promise<WebhookEndpoint> {
  return await sqlOf(tx.em)
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
