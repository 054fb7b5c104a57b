import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireProgram } from '../../support/require-program.ts';
import { timeMs } from '../harness/rounds.ts';

/** A line and the address it holds. */
export interface HeldLine {
  readonly lineId: string;
  readonly address: string;
}

/** Requests of FreeRADIUS's own client, written down beforehand. */
export interface RadclientLoad {
  /** Sends all requests, so many of them at a time. @returns requests a second; its start does not count. */
  run(parallel: number): Promise<number>;
}

/** Prepares `count` line checks for radclient: the attributes of our own, the lines in turn. */
export async function prepareRadclient(
  folder: string,
  { port, secret, lines, count }: { port: number; secret: string; lines: readonly HeldLine[]; count: number },
): Promise<RadclientLoad> {
  const requests = Array.from({ length: count }, (_, number) => requestOf(lines[number % lines.length]!));
  const paths = { one: join(folder, 'one'), all: join(folder, 'all'), secret: join(folder, 'secret') };
  await writeFile(paths.secret, `${secret}\n`);
  await writeFile(paths.one, requests[0]!);
  await writeFile(paths.all, requests.join('\n'));
  const program = requireProgram('radclient');
  const send = (file: string, parallel: number) => {
    const load = ['-p', String(parallel), '-f', file, '-S', paths.secret];
    return promisify(execFile)(program, ['-q', '-s', ...load, `127.0.0.1:${port}`, 'auth']);
  };
  return {
    run: async (parallel) => {
      const startMs = await timeMs(() => send(paths.one, parallel));
      const ms = await timeMs(async () => assertAccepted((await send(paths.all, parallel)).stdout, count));
      return (count * 1000) / (ms - startMs);
    },
  };
}

function requestOf({ lineId, address }: HeldLine): string {
  return `Message-Authenticator = 0x00
User-Name = "${lineId}"
Service-Type = Call-Check
Calling-Station-Id = "${lineId}"
NAS-Identifier = "tabane"
Framed-IP-Address = ${address}
`;
}

function assertAccepted(summary: string, count: number): void {
  const accepted = /Accepted\s*: (\d+)/.exec(summary)?.[1];
  if (Number(accepted) !== count) throw new Error(`${count} requests, but radclient says:\n${summary}`);
}
