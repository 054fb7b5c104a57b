import assert from 'node:assert/strict';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, it } from 'node:test';
import { encodeReply, verifyRequest } from '../../src/radius/aaa-server.ts';
import { systemClock } from '../../src/shared/clock.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  readCharge,
  type CheckoutSite,
} from '../support/checkout-site.ts';
import { PageClient } from '../support/page-client.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';

const SECRET = 'shared-with-a-slow-server';

let site: CheckoutSite;
let aaa: Socket;
let service: ServiceProcess | undefined;
before(async () => {
  site = await openCheckoutSite(new ScriptedLineCheck());
  // The process has the system's clock.
  site.world.clock.set(systemClock.now());
  aaa = createSocket('udp4').bind(0, '127.0.0.1');
  await once(aaa, 'listening');
  service = await startServiceProcess({
    DATABASE_URL: site.world.database.url,
    FILES_DIR: site.world.config.filesDir,
    RADIUS_SERVERS: `127.0.0.1:${aaa.address().port}:${SECRET}`,
    // Asked once, so that each message is another line check, however slow the machine.
    RADIUS_TRIES: '1',
    RADIUS_FIRST_RETRY_MS: '30000',
    RADIUS_TOTAL_MS: '60000',
  });
});
after(async () => {
  service?.child.kill('SIGKILL');
  aaa.close();
  await site.close();
});

/** A line check that has reached the AAA server; it is answered when the test says so. */
async function nextLineCheck(): Promise<{ accept(): void }> {
  const [datagram, from] = (await once(aaa, 'message')) as [Buffer, RemoteInfo];
  const verdict = verifyRequest(datagram, SECRET);
  assert.equal(verdict.kind, 'genuine');
  const reply = encodeReply({ code: 'Access-Accept', request: verdict.request, secret: SECRET });
  return { accept: () => aaa.send(reply, from.port, from.address) };
}

function isRefused(address: string): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(address).port) });
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}

it(
  'answers the purchase it had accepted when told to stop, lets nobody else in, and ends with 0',
  { timeout: 60_000 },
  async () => {
    assert.ok(service);
    const { id, url } = await site.newCharge();
    const page = `${service.address}${new URL(url).pathname}`;
    const subscriber = await site.newSubscriber();
    const client = new PageClient();
    // The line is proven once, from the sign-in on, and the page hands out the token of the form.
    const shown = nextLineCheck();
    const signedIn = await client.submit(page, 'sign-in', {
      issued_id: subscriber.issuedId,
      password: PASSWORD,
    });
    assert.equal(signedIn.status, 303);
    const opened = client.get(page);
    (await shown).accept();
    const token = /name="form_token" value="([^"]+)"/.exec((await opened).text)?.[1] ?? '';
    await forgetLineProofs();

    const asked = nextLineCheck();
    const confirmed = client.post(`${page}/confirm`, { form_token: token });
    const lineCheck = await asked;

    service.child.kill('SIGTERM');
    while (!(await isRefused(service.address))) assert.equal(service.child.exitCode, null);
    assert.equal((await readCharge(site, id)).state, 'pending', 'the purchase is under way');
    const metrics = await (await fetch(`${service.metricsAddress}/metrics`)).text();
    assert.match(metrics, /^tabane_http_requests_in_flight 1$/m, 'still watched while it stops');
    assert.match(metrics, /^tabane_database_connections_max 15$/m, 'ten, and five of the pages’ own');

    lineCheck.accept();
    const { status, location } = await confirmed;
    assert.deepEqual([status, location], [303, new URL(page).pathname]);
    assert.deepEqual(await service.ended, { code: 0, errors: '' });
    assert.equal((await readCharge(site, id)).state, 'captured');
  },
);

/** As if the minutes had passed for which a proof holds. */
async function forgetLineProofs(): Promise<void> {
  await site.world.deps.orm.em
    .fork()
    .execute(
      "UPDATE session SET content = JSON_REMOVE(content, '$.lineProof') WHERE content LIKE '%lineProof%'",
    );
}
