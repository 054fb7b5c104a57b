import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ConfigError, parseConfig, readConfig } from '../../config/config.ts';
import { developmentDefaults } from '../../config/development.ts';

const complete = {
  NODE_ENV: 'production',
  DATABASE_URL: 'mariadb://tabane:s3cret@db.internal:3306/tabane',
  PUBLIC_ORIGIN: 'https://pay.carrier.example',
  STAFF_ORIGIN: 'https://staff.carrier.example',
  TABANE_SECRET: 'wJ3h-9Qz_kT5rB7mXc1VfN8sLpYd2GaE4uRoHiMt',
  RADIUS_SERVERS: '192.0.2.1:1812:tR8w:kq2ZpLx5vBn,192.0.2.2:1812:hD6mYc9Fj3sWuA1e',
  CARRIER_NAME: '見本通信株式会社',
  CARRIER_NAME_EN: 'Sample Communications',
  CARRIER_ADDRESS: '東京都千代田区1-1-1',
  CARRIER_REGISTRATION_NUMBER: 'T4011001098993',
  CARRIER_CONTACT: '03-0000-0000',
  MAIL_SMTP_URL: 'smtps://tabane:s3cret@mail.carrier.example',
  MAIL_FROM: 'no-reply@carrier.example',
};

function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.settings;
  }
}

describe('in production', () => {
  test('a complete environment is parsed and frozen, nested values too', () => {
    const config = parseConfig(complete);
    assert.equal(config.mode, 'production');
    assert.deepEqual(config.radius.servers[0], { host: '192.0.2.1', port: 1812, secret: 'tR8w:kq2ZpLx5vBn' });
    assert.equal(config.lineMonthlyLimitMinor, 10_000n);
    assert.equal(config.batchWorkers, 2);
    assert.throws(() => Object.assign(config, { port: 1 }), TypeError);
    assert.throws(() => Object.assign(config.radius.servers[0]!, { secret: '' }), TypeError);
  });

  test('English pages show the contact that is set for them, or else the only one', () => {
    assert.equal(parseConfig(complete).carrier.contactEn, complete.CARRIER_CONTACT);
    const set = parseConfig({ ...complete, CARRIER_CONTACT_EN: 'Help desk 03-0000-0000' });
    assert.equal(set.carrier.contactEn, 'Help desk 03-0000-0000');
  });

  test('every missing setting is named at once', () => {
    const faults = faultsOf({ NODE_ENV: 'production' });
    for (const name of Object.keys(complete).filter((key) => key !== 'NODE_ENV')) {
      assert.ok(faults.includes(`${name} is missing`), name);
    }
  });

  for (const name of ['TABANE_SECRET', 'RADIUS_SERVERS']) {
    test(`the development value of ${name} is refused by name`, () => {
      const [fault] = faultsOf({ ...complete, [name]: developmentDefaults[name] });
      assert.match(fault ?? '', new RegExp(`^${name} has the value meant for development`));
    });
  }

  test('the development secret of the AAA servers is refused at any address, among others too', () => {
    const secret = developmentDefaults['RADIUS_SERVERS']?.split(':').at(-1);
    const servers = `192.0.2.1:1812:own-secret,192.0.2.2:1812:${secret}`;
    assert.match(
      faultsOf({ ...complete, RADIUS_SERVERS: servers })[0] ?? '',
      /^RADIUS_SERVERS has the value meant/,
    );
  });

  const weak: [string, string][] = [
    ['fifteen chars ', 'fewer than 16 characters'],
    ['a'.repeat(40), 'fewer than 6 different'],
    [`${'a'.repeat(39)}b`, 'fewer than 6 different'],
    ['abcdabcdabcdabcdabcdabcdabcdabcdabcd', 'fewer than 6 different'],
    ['k3Vx9bQp'.repeat(4), 'repeats one piece'],
    [`${'k3Vx9bQp'.repeat(4)}k3V`, 'repeats one piece'],
    ['0123456789abcdefghijklmnopqrstuvwxyz', 'neighbouring'],
    ['zzyyxxwwvvuuttssrrqqppoonnmmllkkjj', 'neighbouring'],
    ['Change-Me-before-you-go-to-production!', 'placeholder'],
    ['DEVELOPMENT-only-secret-never-in-production-2', 'meant for development'],
  ];
  for (const [secret, reason] of weak) {
    test(`a secret that ${reason} is refused, by the name of its setting: ${secret.slice(0, 12)}…`, () => {
      const [radius, ...more] = faultsOf({ ...complete, RADIUS_SERVERS: `192.0.2.7:1812:${secret}` });
      assert.match(radius ?? '', new RegExp(`^RADIUS_SERVERS: the secret of 192.0.2.7:1812 .*${reason}`));
      assert.deepEqual(more, []);
      const [own] = faultsOf({ ...complete, TABANE_SECRET: secret });
      assert.match(
        own ?? '',
        secret.length < 32 ? /^TABANE_SECRET / : new RegExp(`^TABANE_SECRET .*${reason}`),
      );
    });
  }

  test('an error message never contains the secret', () => {
    const faults = faultsOf({
      ...complete,
      RADIUS_SERVERS: '192.0.2.7:1812:tell-nobody,192.0.2.8:1812:tell-nobody',
    });
    assert.equal(faults.length, 2);
    assert.ok(!faults.join().includes('tell-nobody'));
  });

  test('random secrets are accepted, hexadecimal or base64', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 24, maxLength: 48 }),
        fc.constantFrom('hex', 'base64'),
        (bytes, form) => {
          // As evenly distributed as random secrets are.
          const secret = createHash('sha512').update(bytes).digest(form).slice(0, 40).replaceAll(/[,:]/g, '');
          const RADIUS_SERVERS = `192.0.2.1:1812:${secret.slice(0, 16)}`;
          assert.deepEqual(faultsOf({ ...complete, RADIUS_SERVERS, TABANE_SECRET: secret }), []);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  test('development accepts any secret', () => {
    const weakest = { TABANE_SECRET: 'a'.repeat(32), RADIUS_SERVERS: '127.0.0.1:1812:x' };
    assert.deepEqual(faultsOf({ ...complete, NODE_ENV: 'development', ...weakest }), []);
  });

  test('the header of a trusted proxy is named; true is X-Forwarded-For', () => {
    for (const [setting, trusted] of [
      ['', false],
      ['false', false],
      ['true', 'x-forwarded-for'],
      ['x-forwarded-for', 'x-forwarded-for'],
      ['forwarded', 'forwarded'],
    ] as const) {
      assert.equal(parseConfig({ ...complete, TRUST_PROXY: setting }).trustProxy, trusted, setting);
    }
    assert.deepEqual(faultsOf({ ...complete, TRUST_PROXY: 'X-Real-IP' }), [
      'TRUST_PROXY must be one of false, true, x-forwarded-for, forwarded',
    ]);
  });

  test('the public origin is https, or http on this machine', () => {
    const [fault] = faultsOf({ ...complete, PUBLIC_ORIGIN: 'http://pay.carrier.example' });
    assert.match(fault ?? '', /^PUBLIC_ORIGIN must begin with https/);
    assert.deepEqual(faultsOf({ ...complete, PUBLIC_ORIGIN: 'http://localhost:8080' }), []);
  });

  test('an empty setting counts as missing', () => {
    assert.deepEqual(faultsOf({ ...complete, TABANE_SECRET: '' }), ['TABANE_SECRET is missing']);
  });
});

const serverOf = (url: string) => parseConfig({ ...complete, MAIL_SMTP_URL: url }).mail.server;

describe('the mail server', () => {
  const local = { host: '127.0.0.1', port: 2525, startsWithTls: false, isThisMachine: true };
  const cases: [string, object][] = [
    ['smtp://127.0.0.1:2525', { ...local, user: undefined, password: undefined }],
    ['smtp://127.0.0.1:2525/', { ...local, user: undefined, password: undefined }],
    [
      'smtp://ta%40bane:p%3A%2Fw@mail.carrier.example',
      {
        host: 'mail.carrier.example',
        port: 587,
        startsWithTls: false,
        isThisMachine: false,
        user: 'ta@bane',
        password: 'p:/w',
      },
    ],
  ];
  for (const [url, server] of cases)
    test(`is read from ${url}`, () => assert.deepEqual(serverOf(url), server));

  test('by smtps speaks TLS from the start, at port 465', () => {
    const server = serverOf('smtps://mail.carrier.example');
    assert.deepEqual([server?.port, server?.startsWithTls], [465, true]);
  });

  test('is required in production, and its password is in no message', () => {
    assert.deepEqual(faultsOf({ ...complete, MAIL_SMTP_URL: undefined }), ['MAIL_SMTP_URL is missing']);
    const faults = faultsOf({ ...complete, MAIL_SMTP_URL: 'smtp://u:tell-nobody@mail.example/x' });
    assert.ok(faults.length > 0 && !faults.join().includes('tell-nobody'));
  });

  test('is none in development, where mails become files', () => {
    assert.equal(parseConfig({}).mail.server, undefined);
  });

  test('mails come from the carrier by its names, unless others are set', () => {
    const { fromName, fromNameEn } = parseConfig(complete).mail;
    assert.deepEqual([fromName, fromNameEn], [complete.CARRIER_NAME, complete.CARRIER_NAME_EN]);
    const set = parseConfig({ ...complete, MAIL_FROM_NAME: '収納代行', MAIL_FROM_NAME_EN: 'Payments' }).mail;
    assert.deepEqual([set.fromName, set.fromNameEn], ['収納代行', 'Payments']);
  });
});

describe('wrong values', () => {
  const cases: [string, string][] = [
    ['TABANE_SECRET', 'short'],
    ['PUBLIC_ORIGIN', 'https://pay.carrier.example/'],
    ['DATABASE_URL', 'postgres://x/y'],
    ['DATABASE_URL', 'mariadb://u:p@db/tabane?ssl_ca=/ca.pem'],
    ['MIGRATION_DATABASE_URL', 'mariadb://u:p@db/tabane?ssl-ca=/nowhere.pem'],
    ['PORT', '99999'],
    ['BATCH_WORKERS', '0'],
    ['CARRIER_REGISTRATION_NUMBER', '1234567890123'],
    ['RADIUS_SERVERS', '192.0.2.1'],
    ['RADIUS_SERVERS', 'aaa.internal:1812:secret'],
    ['LOG_LEVEL', 'loud'],
    ['CURRENCY', 'USD'],
    ['PUBLIC_ORIGIN', 'https://Pay.carrier.example'],
    ['PUBLIC_ORIGIN', 'https://pay.carrier.example:443'],
    ['TIME_ZONE', 'Asia/Kyoto'],
    ['LINE_ID_PATTERN', '^(CAF'],
    ['LINE_FILE_ENCODING', 'latin1'],
    ['MAIL_SMTP_URL', 'mail.carrier.example:25'],
    ['MAIL_SMTP_URL', 'smtp://mail.carrier.example/?tls.rejectUnauthorized=false'],
    ['MAIL_SMTP_URL', 'smtp://user@mail.carrier.example'],
    ['MAIL_SMTP_URL', 'smtp://%zz:pass@mail.carrier.example'],
    ['MAIL_FROM', 'Carrier <no-reply@carrier.example>'],
    ['MAIL_FROM', 'no-reply@carrier.example\r\nBcc: all@carrier.example'],
    ['ELIGIBLE_PRODUCTS', 'Bフレッツ,,'],
    ['PAYOUT_ORIGINATOR_CODE', '12345678901'],
    ['PAYOUT_ACCOUNT_TYPE', 'savings'],
    ['UNLISTED_BANKS', '99'],
    ['CARRIER_NAME', '\u200b'],
    ['CARRIER_ADDRESS', '東京都\u202e'],
  ];
  for (const [name, value] of cases) {
    test(`${name}=${value} is refused by name`, () => {
      assert.ok(faultsOf({ ...complete, [name]: value })[0]?.startsWith(name));
    });
  }

  test('the account that pays has all of its settings, in the characters of a payout file', () => {
    const account = {
      PAYOUT_ORIGINATOR_CODE: '1234567890',
      PAYOUT_ORIGINATOR_NAME: 'ミホンツウシン（カ',
      PAYOUT_BANK_CODE: '9999',
      PAYOUT_BANK_NAME: 'ミホン',
      PAYOUT_BRANCH_CODE: '001',
      PAYOUT_BRANCH_NAME: 'ホンテン',
      PAYOUT_ACCOUNT_TYPE: 'current',
      PAYOUT_ACCOUNT_NUMBER: '7654321',
    };
    assert.equal(parseConfig(complete).payouts.originator, undefined);
    const { originator } = parseConfig({ ...complete, ...account }).payouts;
    assert.equal(originator && 'accountType' in originator && originator.accountType, 'current');
    for (const name of Object.keys(account)) {
      const [fault] = faultsOf({ ...complete, ...account, [name]: undefined });
      assert.match(fault!, new RegExp(`^${name} is missing`));
    }
    const [kanji] = faultsOf({ ...complete, ...account, PAYOUT_ORIGINATOR_NAME: '見本通信' });
    assert.match(kanji!, /^PAYOUT_ORIGINATOR_NAME has kanji/);
  });

  test('the account that pays in euro has a name, an IBAN and mostly a BIC, and each fault its setting', () => {
    const account = {
      CURRENCY: 'EUR',
      PAYOUT_ORIGINATOR_NAME: 'Mihon Mobile GmbH',
      PAYOUT_IBAN: 'de89 3704 0044 0532 0130 00',
      PAYOUT_BIC: 'COBADEFFXXX',
    };
    const euro = { ...complete, ...account };
    assert.deepEqual(parseConfig(euro).payouts.originator, {
      name: 'Mihon Mobile GmbH',
      iban: 'DE89370400440532013000',
      bic: 'COBADEFFXXX',
    });
    assert.equal(parseConfig({ ...complete, CURRENCY: 'EUR' }).payouts.originator, undefined);
    assert.equal(faultsOf({ ...euro, PAYOUT_BIC: undefined }).length, 0);
    const faults: [Record<string, string | undefined>, RegExp][] = [
      [{ PAYOUT_IBAN: 'DE88370400440532013000' }, /^PAYOUT_IBAN has wrong check digits/],
      [{ PAYOUT_IBAN: undefined }, /^PAYOUT_IBAN is missing/],
      [{ PAYOUT_BIC: 'COBADEFFXX' }, /^PAYOUT_BIC is not a BIC/],
      [{ PAYOUT_BIC: 'PSSTFRPPPAR' }, /^PAYOUT_BIC is of a bank in FR, and the IBAN is of DE/],
      [{ PAYOUT_IBAN: 'CH9300762011623852957', PAYOUT_BIC: undefined }, /^PAYOUT_BIC is missing/],
      [{ PAYOUT_ORIGINATOR_NAME: 'Mihon & Co' }, /^PAYOUT_ORIGINATOR_NAME has &/],
      [{ PAYOUT_ORIGINATOR_NAME: undefined }, /^PAYOUT_ORIGINATOR_NAME is missing/],
      [{ PAYOUT_BANK_CODE: '9999' }, /^PAYOUT_BANK_CODE is of no account that pays in EUR/],
      [{ CURRENCY: 'JPY' }, /^PAYOUT_IBAN is of no account that pays in JPY/],
    ];
    for (const [change, fault] of faults) assert.match(faultsOf({ ...euro, ...change })[0] ?? '', fault);
  });

  test('never show a secret in the message', () => {
    assert.ok(
      !faultsOf({ ...complete, TABANE_SECRET: 'tell-nobody' })
        .join()
        .includes('tell-nobody'),
    );
  });
});

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8');

describe('.env.example', () => {
  const settings = [...read('.env.example').matchAll(/^(#?)([A-Z_]+)=(.*)$/gm)];

  const ofCompose = [
    'COMPOSE_PROFILES',
    'DATABASE_PASSWORD',
    'DATABASE_OWNER_PASSWORD',
    'DATABASE_ROOT_PASSWORD',
  ];

  test('shows the defaults of what need not be set', () => {
    const apart = new Set(['METRICS_PORT', 'MIGRATION_DATABASE_URL', ...ofCompose]);
    const shown = settings.filter(([, sign, name]) => sign === '#' && !apart.has(name!));
    assert.ok(shown.length >= 15);
    const defaults = Object.fromEntries(shown.map(([, , name, value]) => [name, value]));
    assert.deepEqual(parseConfig({ ...complete, ...defaults }), parseConfig(complete));
  });

  test('names the settings that production misses, and all of those in the table of settings', () => {
    const ofService = settings.filter(([, sign, name]) => sign === '' && !ofCompose.includes(name!));
    const needed = ofService.map(([, , name]) => `${name} is missing`);
    const missing = ['NODE_ENV is missing', ...faultsOf({ NODE_ENV: 'production' })];
    assert.deepEqual(needed.sort(), missing.sort());
    const table = read('config/operations/README.md').matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \|/gm);
    const told = [...table].flatMap(([, names]) => [...names!.matchAll(/[A-Z_]+/g)].map(([name]) => name));
    const known = settings.map(([, , name]) => name!).filter((name) => !ofCompose.includes(name));
    assert.deepEqual(told.sort(), known.sort());
  });
});

test('in development nothing needs to be set', () => {
  assert.equal(parseConfig({}).mode, 'development');
});

test('a process that works on a given database requires NODE_ENV', () => {
  assert.throws(
    () => readConfig({ DATABASE_URL: 'mariadb://db/tabane' }),
    /NODE_ENV is missing: production, or development/,
  );
  assert.equal(readConfig({ NODE_ENV: 'development' }).mode, 'development');
});

describe('the listener of the staff', () => {
  test('is beside the public one in development, and so is its origin', () => {
    const { staff } = parseConfig({ PORT: '9000' });
    assert.deepEqual(staff, { host: '127.0.0.1', port: 9001, origin: 'http://localhost:9001' });
    assert.equal(parseConfig({ PORT: '0' }).staff.port, 0);
    assert.equal(parseConfig({ STAFF_PORT: '7000' }).staff.origin, 'http://localhost:7000');
  });

  test('does not start in production where the internet may reach it, unless told so', () => {
    for (const host of ['0.0.0.0', '::', '203.0.113.7', 'staff.carrier.example']) {
      const [fault = ''] = faultsOf({ ...complete, STAFF_HOST: host });
      assert.match(fault, /^STAFF_HOST is an address that the internet may reach/, host);
      assert.deepEqual(faultsOf({ ...complete, STAFF_HOST: host, STAFF_ON_PUBLIC_ADDRESS: 'allow' }), []);
    }
    for (const host of ['127.0.0.1', '::1', '10.0.0.7']) {
      assert.deepEqual(faultsOf({ ...complete, STAFF_HOST: host }), []);
    }
  });

  test('has another host than the public pages, because a host shares its cookies, and https', () => {
    const [same = ''] = faultsOf({ ...complete, STAFF_ORIGIN: 'https://pay.carrier.example:8443' });
    assert.match(same, /^STAFF_ORIGIN must have another host/);
    const [open = ''] = faultsOf({ ...complete, STAFF_ORIGIN: 'http://staff.carrier.example' });
    assert.match(open, /^STAFF_ORIGIN must begin with https/);
  });
});
