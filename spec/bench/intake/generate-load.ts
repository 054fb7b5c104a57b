import { connect, type Socket } from 'node:net';
import type { Load, LoadOutcome } from './load.types.ts';

/**
 * Loads a server from a process of its own, told by one message and answering with one. It speaks only as
 * much HTTP as our servers answer with (keep-alive, Content-Length), so that it takes little of the machine.
 */
process.once('message', (load: Load) => {
  void generateLoad(load).then((outcome) => process.send?.(outcome, () => process.disconnect?.()));
});

async function generateLoad(load: Load): Promise<LoadOutcome> {
  const latenciesMs: number[] = [];
  const statuses: Record<string, number> = {};
  const beginMs = performance.now() + load.warmupMs;
  const endMs = beginMs + load.measureMs;
  let sent = 0;
  const client = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
      let sentAtMs = 0;
      const send = () => {
        sentAtMs = performance.now();
        if (sentAtMs >= endMs) socket.end(resolve);
        else socket.write(requestText(load, (sent += 1)));
      };
      socket.on('error', reject).on('connect', send);
      onAnswer(socket, (status) => {
        const nowMs = performance.now();
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (sentAtMs >= beginMs && nowMs <= endMs) latenciesMs.push(nowMs - sentAtMs);
        send();
      });
    });
  await Promise.all(Array.from({ length: load.connections }, client));
  latenciesMs.sort((a, b) => a - b);
  const quantile = (q: number) => latenciesMs[Math.floor(latenciesMs.length * q)] ?? Number.NaN;
  const perSecond = (latenciesMs.length * 1000) / load.measureMs;
  return { perSecond, p50Ms: quantile(0.5), p99Ms: quantile(0.99), statuses };
}

function requestText({ keyPrefix, buyers }: Load, number: number): string {
  const { token, consent } = buyers[number % buyers.length]!;
  const body = `{"consent":"${consent}","amount":100,"tax_code":"standard","description":"Track ${number}","reference":"${keyPrefix}-${number}"}`;
  return `POST /v1/usage-charges HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nIdempotency-Key: ${keyPrefix}-${number}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** Calls back with the status of each whole answer. */
function onAnswer(socket: Socket, answered: (status: string) => void): void {
  let pending = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    pending += text;
    for (;;) {
      const headEnd = pending.indexOf('\r\n\r\n');
      if (headEnd === -1) return;
      const length = /content-length: (\d+)/i.exec(pending.slice(0, headEnd))?.[1];
      if (length === undefined) throw new Error(`an answer without its length: ${pending.slice(0, 200)}`);
      const end = headEnd + 4 + Number(length);
      if (pending.length < end) return;
      const status = pending.slice(9, 12);
      pending = pending.slice(end);
      answered(status);
    }
  });
}
