import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { createConnection } from 'mysql2/promise';
import { sql } from 'kysely';
import { findDatabaseUrlFaults, readDatabaseUrl } from '../../../config/database-url.ts';
import { initialiseServer } from '../../../batch/launch/initialise-server.ts';
import { findProgram } from '../../../batch/launch/programs.ts';
import { temporaryFilesOption, userOptions } from '../../../batch/launch/server-options.ts';
import { migrate } from '../../../config/database/migrate.ts';
import { openOrm } from '../../../config/database/orm.ts';
import { assertDatabaseAnswers } from '../../../src/database/probe.ts';
import { explainFailure } from '../../../src/explain-failure.ts';
import { sqlOf } from '../../../src/database/sql.ts';

const folder = mkdtempSync(join(tmpdir(), 'database-tls-'));
const at = (name: string) => join(folder, name);

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/** A certificate authority with a certificate for a host. */
function makeAuthority(name: string): void {
  openssl(
    ...'req -x509 -newkey rsa:2048 -nodes -days 2'.split(' '),
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
  );
}

function sign(authority: string, host: string): void {
  openssl(
    ...'req -newkey rsa:2048 -nodes'.split(' '),
    '-subj',
    `/CN=${host}`,
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
  );
  const signed = `x509 -req -days 2 -in server.csr -out server.pem -CAcreateserial -CA ${authority}.pem -CAkey ${authority}.key`;
  openssl(...signed.split(' '));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** As soon as it answers, over its socket: a database and a user for network connections. */
async function prepare(): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const root = await createConnection({
        user: 'root',
        socketPath: at('mariadb.sock'),
        multipleStatements: true,
      });
      await root.query(
        "CREATE DATABASE tabane; CREATE USER tabane@'%' IDENTIFIED BY 'secret'; GRANT ALL ON tabane.* TO tabane@'%'",
      );
      await root.end();
      return;
    } catch (error) {
      if (attempt > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function presentCertificateOf(host: string): Promise<void> {
  sign('ours', host);
  const root = await createConnection({ user: 'root', socketPath: at('mariadb.sock') });
  await root.query('FLUSH SSL');
  await root.end();
}

const ours = () => `?ssl-ca=${at('ours.pem')}`;

/** The server refuses connections without TLS. */
describe('the way to the database', { timeout: 120_000 }, () => {
  let port = 0;
  let stop: () => Promise<void>;

  before(async () => {
    for (const name of ['ours', 'theirs']) makeAuthority(name);
    sign('ours', 'localhost');
    initialiseServer(folder, findProgram('mariadb-install-db')!);
    port = await freePort();
    const options = [
      '--no-defaults',
      `--datadir=${at('mariadb')}`,
      `--socket=${at('mariadb.sock')}`,
      `--pid-file=${at('pid')}`,
      temporaryFilesOption(folder),
      '--skip-name-resolve',
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--innodb-buffer-pool-size=32M',
      '--innodb-log-file-size=16M',
      '--character-set-server=utf8mb4',
      `--ssl-cert=${at('server.pem')}`,
      `--ssl-key=${at('server.key')}`,
      '--require-secure-transport=ON',
      ...userOptions(),
    ];
    const child = spawn(findProgram('mariadbd')!, options, { stdio: 'ignore' });
    stop = async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    };
    await prepare();
  });
  after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const urlOf = (parameters: string, host = 'localhost') =>
    `mariadb://tabane:secret@${host}:${port}/tabane${parameters}`;
  const open = (parameters: string, host?: string) => openOrm({ databaseUrl: urlOf(parameters, host) });

  it('uses TLS if its address names the authority, for service, migration and health check', async () => {
    await migrate(urlOf(ours()));
    const orm = await open(ours());
    const { rows } = await sql<{ Value: string }>`SHOW STATUS LIKE 'Ssl_version'`.execute(
      sqlOf(orm.em.fork()),
    );
    assert.match(rows[0]?.Value ?? '', /^TLSv1\.[23]$/);
    await assertDatabaseAnswers(orm, 5_000);
    await orm.close();
  });

  it('is refused with the name of the setting when another authority has signed', async () => {
    await assert.rejects(open(`?ssl-ca=${at('theirs.pem')}`), (error) => {
      assert.match(explainFailure(error), /certificate.*: see ssl-ca in DATABASE_URL/);
      return true;
    });
  });

  it('is refused when the certificate is for another host, unless only the authority is required', async () => {
    await presentCertificateOf('db.elsewhere.example');
    await assert.rejects(open(ours()), (error) => {
      assert.match(explainFailure(error), /db\.elsewhere\.example.*: see ssl-ca in DATABASE_URL/);
      return true;
    });
    await (await open(`${ours()}&ssl-verify=ca`)).close();
    await presentCertificateOf('localhost');
    await (await open(`${ours()}&ssl-verify=identity`)).close();
  });

  it('is refused without TLS by a server that requires it', async () => {
    await assert.rejects(open(''), (error) => {
      assert.match(explainFailure(error), /Access denied|require_secure_transport/);
      return true;
    });
  });

  it('uses TLS for commands too', async () => {
    const child = spawn(process.execPath, ['config/migrate.ts'], {
      cwd: join(import.meta.dirname, '..', '..', '..'),
      env: { PATH: process.env['PATH'], DATABASE_URL: urlOf(`?ssl-ca=${at('theirs.pem')}`) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [errors] = await Promise.all([text(child.stderr), once(child, 'close')]);
    assert.equal(child.exitCode, 1);
    assert.match(errors, /see ssl-ca in DATABASE_URL or MIGRATION_DATABASE_URL/);
    assert.ok(!errors.includes('secret'));
  });

  const faults: readonly [parameters: string, host: string, fault: RegExp][] = [
    ['?ssl_ca=/ca.pem', 'db', /unknown parameter ssl_ca: socketPath, ssl-ca, ssl-verify/],
    ['?ssl-ca=/nowhere/ca.pem', 'db', /ssl-ca cannot be used: ENOENT/],
    [`?ssl-ca=${import.meta.filename}`, 'db', /holds no certificate in PEM/],
    ['?ssl-verify=ca', 'db', /ssl-verify needs ssl-ca/],
    ['?ssl-ca=system&ssl-verify=no', 'db', /ssl-verify must be identity or ca/],
    ['?ssl-ca=system', '192.0.2.7', /compares the name of the host, and 192\.0\.2\.7 is none/],
    ['?ssl-ca=system', '[2001:db8::1]', /compares the name of the host, and 2001:db8::1 is none/],
    ['?ssl-ca=system&socketPath=/s', 'db', /reached by its host/],
  ];
  for (const [parameters, host, fault] of faults) {
    it(`is refused as set: ${parameters.replace(folder, '')} on ${host}`, () => {
      const [found, ...more] = findDatabaseUrlFaults(
        'DATABASE_URL',
        `mariadb://u:pw@${host}/tabane${parameters}`,
      );
      assert.match(found ?? '', fault);
      assert.match(found ?? '', /^DATABASE_URL/);
      assert.deepEqual(more, []);
    });
  }

  it('uses the authorities of Node for `system`, and no TLS without ssl-ca', () => {
    const { ssl } = readDatabaseUrl('mariadb://u@db/tabane?ssl-ca=system');
    assert.ok(ssl && ssl.ca.length > 50 && ssl.verifyIdentity);
    assert.equal(readDatabaseUrl('mariadb://u@db/tabane').ssl, undefined);
  });
});
