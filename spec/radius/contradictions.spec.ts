import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { createLineCheck, type LineCheck } from '../../src/radius/line-check.ts';
import { contradictable } from '../../src/radius/contradiction.rules.ts';
import { calculateMessageAuthenticator } from '../../src/radius/authenticators.ts';
import type { Packet } from '../../src/radius/packet.ts';
import { acceptOf, sealed } from './forgeries.ts';
import { secret, startForgingServer, type ForgingServer } from './forging-server.ts';
import { ManualTimers } from './manual-timers.ts';

const [LINE, IPV4, IPV6] = ['CAF1234567890', '192.0.2.10', '2001:db8:1:2::a'];
const attribute = (type: number, value: Buffer | string): Buffer =>
  Buffer.concat([Buffer.from([type, Buffer.byteLength(value) + 2]), Buffer.from(value as string)]);
const hex = (type: number, value: string) => attribute(type, Buffer.from(value.replaceAll(' ', ''), 'hex'));
const prefix = (bits: number, value: string, type = 97) =>
  hex(type, `00 ${bits.toString(16).padStart(2, '0')} ${value}`);

/** A reply with valid authenticators, of any code and attributes. */
function genuineReply(request: Packet, code: number, attributes: readonly Buffer[]): Buffer {
  const empty = Buffer.from([80, 18, ...Buffer.alloc(16)]);
  const bytes = acceptOf(request, Buffer.concat([empty, ...attributes]));
  bytes.writeUInt8(code, 0);
  const key = { requestAuthenticator: request.authenticator, secret };
  calculateMessageAuthenticator(bytes, { ...key, valueOffset: 22 }).copy(bytes, 22);
  return sealed(bytes, request);
}

const same4 = hex(8, 'c000020a');
const same6 = hex(168, '20010db8000100020000000 00000000a'.replaceAll(' ', ''));

const otherwise: readonly (readonly [string, (typeof contradictable)[number], string, readonly Buffer[]])[] =
  [
    ['another Framed-IP-Address', 'Framed-IP-Address', IPV4, [hex(8, 'c000020b')]],
    [
      'another Framed-IP-Address beside the right one',
      'Framed-IP-Address',
      IPV4,
      [same4, hex(8, 'c000020b')],
    ],
    ['a Framed-IP-Address of three bytes', 'Framed-IP-Address', IPV4, [hex(8, 'c00002')]],
    ['an empty Framed-IP-Address', 'Framed-IP-Address', IPV4, [hex(8, '')]],
    [
      'another Framed-IPv6-Address',
      'Framed-IPv6-Address',
      IPV6,
      [hex(168, '20010db800010002000000000000000b')],
    ],
    [
      'another Framed-IPv6-Address behind the right one',
      'Framed-IPv6-Address',
      IPV6,
      [same6, hex(168, '20010db800010002000000000000000b')],
    ],
    ['a Framed-IPv6-Prefix elsewhere', 'Framed-IPv6-Prefix', IPV6, [prefix(64, '20010db800010003')]],
    ['a prefix that ends a bit before', 'Framed-IPv6-Prefix', IPV6, [prefix(63, '20010db800010000')]],
    ['a prefix of 129 bits', 'Framed-IPv6-Prefix', IPV6, [prefix(129, '20010db80001000200000000000000 0a')]],
    ['a prefix shorter than its length', 'Framed-IPv6-Prefix', IPV6, [prefix(64, '20010db80001')]],
    ['a prefix of no bytes at all', 'Framed-IPv6-Prefix', IPV6, [hex(97, '')]],
    ['a Delegated-IPv6-Prefix elsewhere', 'Framed-IPv6-Prefix', IPV6, [prefix(56, '20010db8000200', 123)]],
    ['another Calling-Station-Id', 'Calling-Station-Id', IPV4, [attribute(31, 'CAF1234567891')]],
    [
      'a Calling-Station-Id in small letters',
      'Calling-Station-Id',
      IPV4,
      [attribute(31, LINE.toLowerCase())],
    ],
    [
      'two Calling-Station-Ids',
      'Calling-Station-Id',
      IPV4,
      [attribute(31, LINE), attribute(31, 'CAF1234567891')],
    ],
    ['another User-Name', 'User-Name', IPV4, [attribute(1, 'CAF1234567891')]],
    ['a User-Name with something behind it', 'User-Name', IPV4, [attribute(1, `${LINE}\0`)]],
    ['another Service-Type', 'Service-Type', IPV4, [hex(6, '00000002')]],
    ['a Service-Type of one byte', 'Service-Type', IPV4, [hex(6, '0a')]],
    ['the NAS-Identifier of another client', 'NAS-Identifier', IPV4, [attribute(32, 'somebody-else')]],
  ];

const agreeing: readonly (readonly [string, string, readonly Buffer[]])[] = [
  ['nothing', IPV4, []],
  [
    'all of the question',
    IPV4,
    [same4, attribute(31, LINE), attribute(1, LINE), hex(6, '0000000a'), attribute(32, 'tabane-spec')],
  ],
  ['the same twice', IPV4, [same4, same4]],
  ['an address that the NAS is to choose (RFC 2865 §5.8)', IPV4, [hex(8, 'fffffffe')]],
  ['the IPv6 address and prefix of the same line', IPV4, [same6, prefix(64, '20010db800010009')]],
  ['the IPv4 address of the same line', IPV6, [hex(8, 'c000020b'), same6]],
  ['its prefix, trimmed', IPV6, [prefix(64, '20010db800010002')]],
  ['its prefix, in full', IPV6, [prefix(64, '20010db8000100020000000000000000')]],
  ['its prefix of a length within a byte', IPV6, [prefix(62, '20010db800010000')]],
  ['the prefix of everything', IPV6, [prefix(0, '')]],
  [
    'the prefix of the access and the delegated one, which has the address',
    IPV6,
    [prefix(64, '20010db8ffff0001'), prefix(56, '20010db8000100', 123)],
  ],
  ['a time-out and a text', IPV4, [hex(27, '00000e10'), attribute(18, 'line ok')]],
];

describe('a genuine Accept', () => {
  const timers = new ManualTimers();
  let server: ForgingServer;
  let lineCheck: LineCheck;
  const ask = async (
    address: string,
    { code = 2, attributes }: { code?: number; attributes: readonly Buffer[] },
  ) => {
    server = await startForgingServer(({ request, answer }) =>
      answer(genuineReply(request, code, attributes)),
    );
    const servers = [{ host: '127.0.0.1', port: server.port, secret }];
    lineCheck = createLineCheck({ servers, nasIdentifier: 'tabane-spec', timers });
    return lineCheck.check({ lineId: LINE, address });
  };
  afterEach(async () => {
    await lineCheck.close();
    await server.close();
  });

  for (const [name, contradicted, address, attributes] of otherwise) {
    it(`with ${name} is refused at once and counted`, async () => {
      const outcome = await ask(address, { attributes });
      const at = `127.0.0.1:${server.port}`;
      assert.deepEqual(outcome, {
        kind: 'refused',
        reason: 'contradicted',
        attribute: contradicted,
        server: at,
      });
      const { contradictions, accepted, rejected, droppedReplies } = lineCheck.stats()[0]!;
      assert.equal(contradictions[contradicted], 1);
      assert.equal(
        Object.values(contradictions).reduce((sum, count) => sum + count),
        1,
      );
      assert.deepEqual([accepted, rejected], [0, 0]);
      assert.ok(Object.values(droppedReplies).every((count) => count === 0));
      assert.equal(timers.pending, 0);
    });

    it(`with ${name}as a Reject is a Reject`, async () => {
      assert.partialDeepStrictEqual(await ask(address, { code: 3, attributes }), {
        kind: 'refused',
        reason: 'rejected',
      });
    });
  }

  for (const [name, address, attributes] of agreeing) {
    it(`with ${name} is accepted`, async () => {
      assert.equal((await ask(address, { attributes })).kind, 'accepted');
    });
  }
});
