import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createWorld, type World } from '../support/world.ts';
import { serveApp, type TestServer } from '../support/http-client.ts';

describe('the host of a request', () => {
  let world: World;
  let server: TestServer;
  before(async () => {
    world = await createWorld();
    server = await serveApp(world.deps);
  });
  after(async () => {
    await server.close();
    await world.close();
  });

  /** The status of what is sent byte for byte. */
  const statusOf = (lines: readonly string[]): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.origin);
      const socket = connect(Number(port), hostname);
      let received = '';
      socket.setEncoding('latin1');
      socket.on('data', (text) => (received += text));
      socket.on('error', reject);
      socket.on('end', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1])));
      socket.end([...lines, 'Connection: close', '', ''].join('\r\n'));
    });

  for (const [name, lines] of [
    ['twice', ['Host: a.example', 'Host: b.example']],
    ['twice alike', ['Host: a.example', 'host: a.example']],
    ['not at all', []],
    ['empty', ['Host:']],
    ['with a path', ['Host: a.example/x']],
    ['with a user', ['Host: user@a.example']],
    ['as a list', ['Host: a.example, b.example']],
    ['with a space', ['Host: a example']],
    ['with a port that is none', ['Host: a.example:http']],
    ['with a port beyond the last', ['Host: a.example:65536']],
    ['with brackets that do not close', ['Host: [::1']],
  ] as const) {
    it(`named ${name} is refused, for the API, pages and health alike`, async () => {
      for (const target of ['/', '/v1/charges', '/health/live', '/docs']) {
        assert.equal(await statusOf([`GET ${target} HTTP/1.1`, ...lines]), 400, target);
      }
    });
  }

  it('of a target that is a whole address must be the same', async () => {
    for (const [target, host, status] of [
      ['http://a.example/health/live', 'a.example', 200],
      ['http://a.example:80/health/live', 'A.example', 200],
      ['http://a.example/health/live', 'b.example', 400],
      ['http://a.example:81/health/live', 'a.example', 400],
      ['http://user@a.example/health/live', 'a.example', 400],
    ] as const) {
      assert.equal(await statusOf([`GET ${target} HTTP/1.1`, `Host: ${host}`]), status, `${target} ${host}`);
    }
  });

  it('may be any one, by name or address, and none in HTTP/1.0', async () => {
    for (const host of ['a.example', 'A.EXAMPLE.:8080', '127.0.0.1:8080', '[::1]:8080', 'tabane_service']) {
      assert.equal(await statusOf(['GET /health/live HTTP/1.1', `Host: ${host}`]), 200, host);
    }
    assert.equal(await statusOf(['GET /health/live HTTP/1.0']), 200);
  });

  it('decides nothing: addresses in answers are those of the public origin', async () => {
    const headers = { 'x-forwarded-host': 'evil.example', host: 'evil.example' };
    for (const path of ['/', '/docs', '/openapi.json', '/nowhere']) {
      const reply = await fetch(`${server.origin}${path}`, { headers, redirect: 'manual' });
      const told = [...reply.headers].join('\n') + (await reply.text());
      assert.equal(told.includes('evil.example'), false, path);
    }
  });
});
