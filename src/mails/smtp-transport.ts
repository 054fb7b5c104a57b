import { createTransport } from 'nodemailer';
import type { MailServer } from '../../config/mail-server.rules.ts';
import { toMessage } from './mail-message.ts';
import type { MailTransport } from './mail-transport.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** Of silence. */
const SOCKET_TIMEOUT_MS = 20_000;

/** Connections at a time; mail servers allow few from one client. */
export const MAX_CONNECTIONS = 4;

/**
 * A mail server by SMTP. TLS is required, and its certificate checked, unless the server is on this machine: a code or a link
 * must not pass in clear. Connections are kept until `close`.
 */
export function smtpTransport({
  host,
  port,
  startsWithTls,
  isThisMachine,
  user,
  password,
}: MailServer): MailTransport {
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure: startsWithTls,
    ...(isThisMachine ? { ignoreTLS: !startsWithTls } : { requireTLS: true }),
    tls: { minVersion: 'TLSv1.2' },
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    maxConnections: MAX_CONNECTIONS,
    // A mail whose connection closed may have been accepted: whether it is sent again is decided by its row.
    maxRequeues: 0,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (mail, signal) => {
      await transport.sendMail({ ...toMessage(mail), signal });
    },
    close: () => transport.close(),
  };
}
