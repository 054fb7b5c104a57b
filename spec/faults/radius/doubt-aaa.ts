import assert from 'node:assert/strict';
import { createRandom } from '../../../batch/demo/random.ts';
import { createLineCheck } from '../../../src/radius/line-check.ts';
import { secret, startForgingServer, type Visit } from '../../radius/forging-server.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import { openCheckoutSite, readCharge, signInOn, type CheckoutSite } from '../../support/checkout-site.ts';
import { failures, honest, losing, retransmission, type Behaviour } from './misbehaviour.ts';

export interface DoubtAaa {
  /** Number of checkouts. */
  readonly times: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/**
 * Checkouts while the AAA server answers honestly, loses packets, is silent, late, forged or impersonated, at random.
 * Asserts that nothing is sold without an honest answer in time (503, and the charge waits), and that the same buyer
 * can confirm as soon as there is one.
 */
export async function doubtAaa({ times, seed, say = () => {} }: DoubtAaa) {
  const random = createRandom(seed, 'doubt aaa');
  let behave = honest;
  const answer = async (visit: Visit) => behave(visit);
  const answering: Promise<void>[] = [];
  const server = await startForgingServer((visit) => void answering.push(answer(visit)));
  const servers = [{ host: '127.0.0.1', port: server.port, secret }];
  const lineCheck = createLineCheck({ servers, nasIdentifier: 'tabane-faults', retransmission });
  const site = await openCheckoutSite(lineCheck);
  const sums = { sold: 0, putOff: 0 };
  try {
    for (let time = 1; time <= times; time += 1) {
      const [name, behaviour] = random.pick(behaviours);
      behave = behaviour;
      const isProof = behaviour === honest || behaviour === losing;
      const confirm = await beginCheckout(site);
      const outcome = isProof ? await confirm() : await confirm({ wellAgain: () => (behave = honest) });
      assert.deepEqual(outcome, isProof ? SOLD : PUT_OFF_THEN_SOLD, `when it ${name}`);
      sums.sold += 1;
      sums.putOff += isProof ? 0 : 1;
      if (time % 10 === 0) say(`${time} checkouts, ${sums.putOff} put off first`);
    }
    // Late ones too, while the socket is open.
    await Promise.all(answering);
    const brokenInvariants = await listBrokenInvariants(site.world.deps);
    return { ...sums, packets: server.visits.length, brokenInvariants };
  } finally {
    await site.close();
    await lineCheck.close();
    await server.close();
  }
}

const behaviours: readonly (readonly [string, Behaviour])[] = [
  ['is honest', honest],
  ['loses packets', losing],
  ...Object.entries(failures),
];

const SOLD = ['303 captured'];
const PUT_OFF_THEN_SOLD = ['503 pending', ...SOLD];

/** A buyer before the button. Pressing it tells status and charge, again where the server is well meanwhile. */
async function beginCheckout(site: CheckoutSite) {
  const { id, url } = await site.newCharge();
  const { client } = await signInOn(site, url);
  const press = async () => {
    const { status } = await client.submit(url, 'confirm');
    return `${status} ${(await readCharge(site, id)).state}`;
  };
  return async (options?: { wellAgain: () => void }) => {
    const outcomes = [await press()];
    if (!options) return outcomes;
    options.wellAgain();
    return [...outcomes, await press()];
  };
}
