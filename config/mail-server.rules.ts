import { isIPv4, isIPv6 } from 'node:net';
import { readMailAddress } from '../src/shared/mail-address.rules.ts';

/** The mail server that mails are handed to. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); else STARTTLS, which is required except on this machine. */
  readonly startsWithTls: boolean;
  readonly isThisMachine: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

const PORTS = { 'smtp:': 587, 'smtps:': 465 } as const;
const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/**
 * Reads `smtp://user:password@host:587` or `smtps://host:465`; undefined for anything else. Nothing may follow the port:
 * options in an address could switch off the check of the certificate. User and password are percent-encoded.
 */
export function readMailServer(text: string): MailServer | undefined {
  const url = URL.parse(text);
  if (!url || !Object.hasOwn(PORTS, url.protocol)) return undefined;
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
  const host = url.hostname.replaceAll(/^\[|\]$/g, '').toLowerCase();
  if (!HOST.test(host) && !isIPv6(host)) return undefined;
  const [user, password] = [decode(url.username), decode(url.password)];
  if (user === undefined || password === undefined || (user === '') !== (password === '')) return undefined;
  return {
    host,
    port: Number(url.port) || PORTS[url.protocol as keyof typeof PORTS],
    startsWithTls: url.protocol === 'smtps:',
    isThisMachine: host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.')),
    user: user || undefined,
    password: password || undefined,
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

interface MailSettings {
  readonly MAIL_SMTP_URL?: string;
  readonly MAIL_FROM: string;
}

/** What is wrong with the settings of mails, by name and without their values: one has a password. */
export function findMailFaults({ MAIL_SMTP_URL, MAIL_FROM }: MailSettings): string[] {
  const faults: string[] = [];
  if (MAIL_SMTP_URL !== undefined && readMailServer(MAIL_SMTP_URL) === undefined)
    faults.push(
      'MAIL_SMTP_URL must be smtp:// or smtps:// with a host, and user and password (percent-encoded) or neither; nothing may follow the port',
    );
  if (readMailAddress(MAIL_FROM) !== MAIL_FROM)
    faults.push('MAIL_FROM must be one mail address, without a name, its domain in lower case');
  return faults;
}
