import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { authorizeSubscriber } from '../safeguards/safeguard-scope.ts';
import { Problem } from '../shared/problem.ts';
import { announcePasskey } from './announce-passkey.ts';
import { formatIssuedId } from './issued-id.rules.ts';
import { lockOwnPasskeys } from './own-passkeys.ts';
import { offerPasskey, registerPasskey } from './passkey-registration.ts';
import { subscriberSite } from './passkeys.ts';
import { isProofFresh } from './person-proof.rules.ts';

/** Passkeys of one issued ID (our decision): more than anybody has devices. */
export const MAX_PASSKEYS = 10;

interface Proven {
  /** A secret that the asking browser alone sends: the token of its forms. */
  readonly browser: string;
  /** When the person was last proven, in ms since 1970. */
  readonly provenAt: number | undefined;
}

/**
 * Begins the registration of a passkey for the actor's own ID: options for the browser, as JSON.
 * @throws Problem `permission-denied`, `step-up-required`, `too-many-passkeys`.
 */
export async function startOwnPasskey(deps: Deps, actor: Actor, proven: Proven): Promise<string> {
  const { subscriberId: id } = authorizeSubscriber(actor, 'own-passkeys:write');
  return inTransaction(deps, async (tx) => {
    const { issuedId, displayName } = await lockAdding(tx, id, proven);
    const holder = {
      owner: { kind: 'subscriber', id },
      userName: formatIssuedId(issuedId),
      displayName,
      browser: proven.browser,
    } as const;
    return JSON.stringify(await offerPasskey(tx, subscriberSite(tx.config), holder));
  });
}

export interface AddOwnPasskey extends Proven {
  /** What its owner calls it. */
  readonly label: string;
  readonly response: RegistrationResponseJSON;
  /** The browser, which the mail names. */
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Registers a passkey for the actor's own ID. All sessions of the ID end, and the holder of the line is told by mail.
 * @throws Problem `permission-denied`, `step-up-required`, `too-many-passkeys`, `invalid-request` for a name that is none,
 *   `passkey-refused` when the response proves nothing.
 */
export async function addOwnPasskey(deps: Deps, actor: Actor, input: AddOwnPasskey): Promise<void> {
  const { subscriberId: id } = authorizeSubscriber(actor, 'own-passkeys:write');
  const { label, response, browser, address, userAgent } = input;
  await inTransaction(deps, async (tx) => {
    await lockAdding(tx, id, input);
    const owner = { kind: 'subscriber', id } as const;
    if (!(await registerPasskey(tx, subscriberSite(tx.config), { owner, label, response, browser })))
      throw new Problem('passkey-refused');
    await sqlOf(tx.em).deleteFrom('session').where('subscriberId', '=', id).execute();
    const [subject, facts] = [`subscriber:${id}`, { label }];
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.add-passkey', subject, facts });
    await announcePasskey(tx, 'passkey-added', { subscriberId: id, label, address, userAgent });
  });
}

/** The actor's ID, locked: of two registrations at once one waits for the other and counts its passkey. */
async function lockAdding(tx: InTransaction<Deps>, id: number, { provenAt }: Pick<Proven, 'provenAt'>) {
  if (!isProofFresh(provenAt, tx.clock.now())) throw new Problem('step-up-required');
  const { passkeys, ...person } = await lockOwnPasskeys(tx, id);
  if (passkeys.length >= MAX_PASSKEYS) throw new Problem('too-many-passkeys');
  return person;
}
