import { isIPv4 } from 'node:net';
import { parseEligibleProducts } from './eligible-products.ts';
import { findChartFaults } from './chart-of-accounts.ts';
import { findClauseFaults } from './contract-clauses.ts';
import { findLookFaults } from './carrier-look.ts';
import { isOrigin } from '../src/shared/origin.rules.ts';
import { isPrivateHost } from '../src/shared/private-host.rules.ts';
import { findDatabaseUrlFaults, readDatabaseUrl } from './database-url.ts';
import { developmentDefaults } from './development.ts';
import { findMailFaults } from './mail-server.rules.ts';
import { findOriginatorFaults, type PayoutSettings } from './payout-originator.ts';
import { findWeakness, publicSecrets } from './secret-strength.rules.ts';

/** Settings that production must not take from development: the values are public. */
export function findDevelopmentValues(known: Readonly<Record<string, string | undefined>>): string[] {
  return ['TABANE_SECRET', 'RADIUS_SERVERS', 'CARRIER_REGISTRATION_NUMBER']
    .filter((name) =>
      name === 'RADIUS_SERVERS' ? sharesSecret(known[name]) : known[name] === developmentDefaults[name],
    )
    .map((name) => `${name} has the value meant for development: set one of your own`);
}

/** Whether a server has the public secret, at any address. */
function sharesSecret(servers = ''): boolean {
  const known = secretsOf(developmentDefaults['RADIUS_SERVERS'] ?? '');
  return secretsOf(servers).some((secret) => known.includes(secret));
}

function secretsOf(servers: string): string[] {
  return servers.split(',').map((server) => server.split(':').slice(2).join(':'));
}

/** Weak secrets that production refuses, by setting; for `RADIUS_SERVERS` with the server. */
export function findWeakSecrets({ TABANE_SECRET, RADIUS_SERVERS }: Secrets): string[] {
  const servers = RADIUS_SERVERS.split(',');
  return [
    describeWeakness('TABANE_SECRET', TABANE_SECRET),
    ...secretsOf(RADIUS_SERVERS).map((secret, index) => {
      const [host, port] = servers[index]?.split(':') ?? [];
      return describeWeakness(`RADIUS_SERVERS: the secret of ${host}:${port}`, secret);
    }),
  ].filter((fault) => fault !== undefined);
}

function describeWeakness(name: string, secret: string): string | undefined {
  // A completely public secret is reported already.
  const weakness = publicSecrets.includes(secret) ? undefined : findWeakness(secret);
  return weakness && `${name} ${weakness}: make one by chance, as with openssl rand -base64 48`;
}

interface Secrets {
  readonly TABANE_SECRET: string;
  readonly RADIUS_SERVERS: string;
}

interface Usable extends PayoutSettings {
  readonly DATABASE_URL: string;
  readonly MIGRATION_DATABASE_URL?: string;
  readonly PUBLIC_ORIGIN: string;
  readonly STAFF_ORIGIN: string;
  readonly STAFF_HOST: string;
  readonly STAFF_ON_PUBLIC_ADDRESS: 'allow' | 'refuse';
  readonly WEBHOOK_LOOPBACK: 'allow' | 'refuse';
  readonly TIME_ZONE: string;
  readonly LINE_ID_PATTERN: string;
  readonly ELIGIBLE_PRODUCTS: string;
  readonly RADIUS_SERVERS: string;
  readonly RADIUS_FIRST_RETRY_MS: number;
  readonly RADIUS_TOTAL_MS: number;
  readonly MAIL_SMTP_URL?: string;
  readonly MAIL_FROM: string;
  readonly CARRIER_ACCENT?: string;
  readonly CARRIER_LOGO?: string;
  readonly CHART_OF_ACCOUNTS?: string;
  readonly CONTRACT_CLAUSES?: string;
  readonly SANDBOX_DATABASE_URL?: string;
}

const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Settings that are well-formed but unusable: found at the start, not by the first sale. */
export function findUnusable(settings: Usable, production: boolean): string[] {
  const faults = findDatabaseUrlFaults('DATABASE_URL', settings.DATABASE_URL);
  if (settings.MIGRATION_DATABASE_URL !== undefined)
    faults.push(...findDatabaseUrlFaults('MIGRATION_DATABASE_URL', settings.MIGRATION_DATABASE_URL));
  faults.push(...findSandboxFaults(settings));
  faults.push(...findOriginFaults('PUBLIC_ORIGIN', settings.PUBLIC_ORIGIN, production));
  faults.push(...findOriginFaults('STAFF_ORIGIN', settings.STAFF_ORIGIN, production));
  if (production) faults.push(...findStaffFaults(settings));
  if (production && settings.WEBHOOK_LOOPBACK === 'allow')
    faults.push('WEBHOOK_LOOPBACK=allow is for development: companies name the addresses');
  const servers = settings.RADIUS_SERVERS.split(',').map((server) => server.split(':'));
  if (!servers.every(([host = '']) => isIPv4(host)))
    faults.push('RADIUS_SERVERS must name its servers by their IPv4 addresses');
  if (!servers.every(([, port]) => Number(port) >= 1 && Number(port) <= 65_535))
    faults.push('RADIUS_SERVERS must name ports from 1 to 65535');
  if (settings.RADIUS_FIRST_RETRY_MS >= settings.RADIUS_TOTAL_MS)
    faults.push('RADIUS_FIRST_RETRY_MS must be less than RADIUS_TOTAL_MS');
  if (!works(() => new Intl.DateTimeFormat('en', { timeZone: settings.TIME_ZONE })))
    faults.push('TIME_ZONE is not the name of a time zone');
  if (!works(() => new RegExp(settings.LINE_ID_PATTERN)))
    faults.push('LINE_ID_PATTERN is not a regular expression');
  faults.push(...findMailFaults(settings));
  const eligible = parseEligibleProducts(settings.ELIGIBLE_PRODUCTS);
  if (typeof eligible === 'string') faults.push(`ELIGIBLE_PRODUCTS ${eligible}`);
  faults.push(...findOriginatorFaults(settings));
  faults.push(...findLookFaults(settings));
  faults.push(...findChartFaults(settings.CHART_OF_ACCOUNTS));
  faults.push(...findClauseFaults(settings.CONTRACT_CLAUSES));
  return faults;
}

/** Databases of worlds are named after the sandbox's, and every one of them may be dropped. */
function findSandboxFaults({ SANDBOX_DATABASE_URL: sandboxUrl, DATABASE_URL }: Usable): string[] {
  if (sandboxUrl === undefined) return [];
  const faults = findDatabaseUrlFaults('SANDBOX_DATABASE_URL', sandboxUrl);
  if (faults.length > 0 || findDatabaseUrlFaults('DATABASE_URL', DATABASE_URL).length > 0) return faults;
  const { database } = readDatabaseUrl(sandboxUrl);
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(database))
    return ['SANDBOX_DATABASE_URL must name a database of up to 40 small letters, digits and _'];
  return readDatabaseUrl(DATABASE_URL).database.startsWith(database)
    ? ['SANDBOX_DATABASE_URL must name a database with which the name of DATABASE_URL does not begin']
    : [];
}

function findOriginFaults(name: string, text: string, production: boolean): string[] {
  const origin = URL.parse(text);
  if (origin === null || !isOrigin(text))
    return [
      `${name} must be an origin as browsers write it: lower case, without the usual port, a path, user or *`,
    ];
  const isOpen = production && origin.protocol !== 'https:' && !THIS_MACHINE.has(origin.hostname);
  return isOpen ? [`${name} must begin with https: passwords and sessions travel there`] : [];
}

/** The pages of the carrier's staff are not for the internet, and have a host of their own: cookies do not tell ports apart. */
function findStaffFaults(settings: Usable): string[] {
  const { STAFF_ORIGIN: origin, STAFF_HOST: host, STAFF_ON_PUBLIC_ADDRESS: rule, PUBLIC_ORIGIN } = settings;
  const isSameHost = URL.parse(origin)?.hostname === URL.parse(PUBLIC_ORIGIN)?.hostname;
  return [
    ...(isSameHost
      ? ['STAFF_ORIGIN must have another host than PUBLIC_ORIGIN: a host shares its cookies']
      : []),
    ...(rule === 'refuse' && !isPrivateHost(host)
      ? [
          'STAFF_HOST is an address that the internet may reach: name a private one, or set STAFF_ON_PUBLIC_ADDRESS=allow where a firewall or a container keeps it private',
        ]
      : []),
  ];
}

function works(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
