import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { createTransport } from 'nodemailer';
import { replaceDurably } from '../shared/durable-file.ts';
import { toMessage } from './mail-message.ts';
import type { MailTransport } from './mail-transport.ts';

/**
 * For development: each mail becomes a file that mail programs open, named by its time and identifier; the same mail again
 * replaces its file.
 */
export function fileTransport(filesDir: string): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    send: async (mail, signal) => {
      const { message } = await transport.sendMail({ ...toMessage(mail), signal });
      const day = mail.date.toISOString().slice(0, 10);
      const path = join(filesDir, 'mails', `${day}-${mail.id}.eml`);
      await replaceDurably(path, (unfinished) => writeFile(unfinished, message as Buffer, { flag: 'wx' }));
    },
    close: () => {},
  };
}
