import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';

/** Connection options of a database, in the terms of the driver. */
export interface DatabaseConnection {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly ssl?: Tls;
}

interface Tls {
  readonly ca: string | string[];
  readonly rejectUnauthorized: true;
  readonly verifyIdentity: boolean;
  readonly minVersion: 'TLSv1.2';
}

const PARAMETERS = new Set(['socketPath', 'ssl-ca', 'ssl-verify']);

/**
 * Reads `mariadb://user:password@host:port/name` and its parameters: `socketPath` of a server on a unix socket; `ssl-ca`,
 * a file of certificates (PEM) or `system`, which requires TLS with a certificate for the host of the address, signed by one
 * of these; `ssl-verify=ca` does not compare the host.
 * @throws Error if the file cannot be read or contains no certificates.
 */
export function readDatabaseUrl(databaseUrl: string): DatabaseConnection {
  const url = new URL(databaseUrl);
  const socketPath = url.searchParams.get('socketPath');
  const ca = url.searchParams.get('ssl-ca');
  return {
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(socketPath ? { socketPath } : { host: hostOf(url), port: Number(url.port || 3306) }),
    ...(ca ? { ssl: readTls(ca, url.searchParams.get('ssl-verify') !== 'ca') } : {}),
  };
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function readTls(ca: string, verifyIdentity: boolean): Tls {
  const certificates = ca === 'system' ? [...rootCertificates] : readFileSync(ca, 'utf8');
  if (!certificates.includes('-----BEGIN CERTIFICATE-----') && ca !== 'system')
    throw new Error(`${ca} holds no certificate in PEM`);
  return { ca: certificates, rejectUnauthorized: true, verifyIdentity, minVersion: 'TLSv1.2' };
}

/** The faults of the address in a setting, each a sentence that begins with its name; without passwords. */
export function findDatabaseUrlFaults(name: string, databaseUrl: string): string[] {
  const url = URL.parse(databaseUrl);
  if (!url || url.pathname.length < 2) return [`${name} must be mariadb://user:password@host:port/name`];
  const faults = [...url.searchParams.keys()]
    .filter((parameter) => !PARAMETERS.has(parameter))
    .map((parameter) => `${name} has an unknown parameter ${parameter}: ${[...PARAMETERS].join(', ')}`);
  return [...faults, ...findTlsFaults(name, url)];
}

function findTlsFaults(name: string, url: URL): string[] {
  const [ca, verify] = [url.searchParams.get('ssl-ca'), url.searchParams.get('ssl-verify')];
  if (verify !== null && !['identity', 'ca'].includes(verify))
    return [`${name}: ssl-verify must be identity or ca`];
  if (ca === null) return verify === null ? [] : [`${name}: ssl-verify needs ssl-ca, a file of certificates`];
  if (url.searchParams.has('socketPath'))
    return [`${name}: ssl-ca is for a server that is reached by its host`];
  if (verify !== 'ca' && isIP(hostOf(url)) !== 0)
    return [`${name}: ssl-ca compares the name of the host, and ${hostOf(url)} is none; else ssl-verify=ca`];
  try {
    readTls(ca, true);
    return [];
  } catch (error) {
    return [`${name}: ssl-ca cannot be used: ${error instanceof Error ? error.message : String(error)}`];
  }
}
